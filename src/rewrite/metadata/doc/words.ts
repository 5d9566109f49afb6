/**
 * The lists of words in a Word 97 file that are no text of it ([MS-DOC] section 2.5.6, FibRgFcLcb97): who changed it, who commented, who saved
 * it where, its title and template. They lie in the table stream; letters become dashes, so that nothing moves.
 */

/** Pairs of place and length begin here in the file information block. */
const pairs = 154;
/** `SttbfAssoc`, `SttbfRMark`, `SttbSavedBy`: lists; `GrpXstAtnOwners`: words one after the other. */
const lists = [32, 51, 71];
const owners = 36;
/** `PrDrvr`, `PrEnvPort`, `PrEnvLand`: the author's printer; `Pms`: mail merge; `AutosaveSource`; `Sttbttmbd`, `Cookie`. */
const blobs = [27, 28, 29, 35, 44, 62];

/** @param table the table stream, changed in place */
export function maskWords(information: Buffer, table: Buffer): void {
  const part = (index: number): Buffer => {
    const at = pairs + index * 8;
    if (at + 8 > information.length) return Buffer.alloc(0);
    const from = information.readUInt32LE(at);
    return table.subarray(from, from + information.readUInt32LE(at + 4));
  };
  for (const index of lists) maskList(part(index));
  maskRow(part(owners), 0, 0);
  for (const index of blobs) part(index).fill(0);
}

/** A mark, how many words there are, how many bytes of other data follow each ([MS-DOC] section 2.2.4). */
function maskList(list: Buffer): void {
  if (list.length < 6) return;
  if (list.readUInt16LE(0) === 0xffff) maskRow(list, 6, list.readUInt16LE(4));
  else list.fill(0x2d, 4);
}

/** Words in UTF-16, each after its length. */
function maskRow(row: Buffer, from: number, extra: number): void {
  let at = from;
  while (at + 2 <= row.length) {
    const end = Math.min(row.length, at + 2 + row.readUInt16LE(at) * 2);
    for (let letter = at + 2; letter + 2 <= end; letter += 2) row.writeUInt16LE(0x2d, letter);
    at = end + extra;
  }
}
