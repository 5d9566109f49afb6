/** `format=flowed` (RFC 3676): joins the lines that the author's client broke for the way, so that the text is as it was typed. */

interface Line {
  readonly depth: number;
  readonly text: string;
}

/** @param deleteSpace the parameter `DelSp=yes`: the blank at the break is not part of the text. Line ends are LF. */
export function unflow(text: string, deleteSpace: boolean): string {
  const out: string[] = [];
  let before: Line | undefined;
  for (const source of text.split('\n')) {
    const line = read(source);
    const own = deleteSpace && flows(line) ? line.text.slice(0, -1) : line.text;
    if (before && flows(before) && goesOn(before, line)) out.push((out.pop() ?? '') + own);
    else out.push(line.depth > 0 ? `${'>'.repeat(line.depth)} ${own}` : own);
    before = line;
  }
  return out.join('\n');
}

/** The signature's delimiter ends in a blank and is a line of its own all the same. */
const isDelimiter = ({ text }: Line): boolean => text === '-- ';
const flows = (line: Line): boolean => line.text.endsWith(' ') && !isDelimiter(line);
const goesOn = (before: Line, line: Line): boolean => before.depth === line.depth && !isDelimiter(line);

/** Quote depth and text of a line, unstuffed. */
function read(line: string): Line {
  let depth = 0;
  while (line.charAt(depth) === '>') depth++;
  const rest = line.slice(depth);
  return { depth, text: rest.startsWith(' ') ? rest.slice(1) : rest };
}
