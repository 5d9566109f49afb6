import fc from 'fast-check';
import { readHtml, TooComplex } from '../../src/mime/html.ts';
import { leastCpu } from '../support/machine.ts';

const plain = (source: string): string => readHtml(source).plain;

test.each([
  ['<p>one</p><p>two</p>', 'one\n\ntwo\n\n'],
  ['<div>one</div><div>two</div>', 'one\ntwo\n'],
  ['<div>one<br></div><div><br></div><div>two</div>', 'one\n\ntwo\n'],
  ['<p class="MsoNormal">one</p><p class=MsoNormal>two</p>', 'one\ntwo\n'],
  ['  a \n\t b  <b> c </b> d', 'a b c d'],
  ['a&nbsp;&nbsp;b &amp; &lt;c&gt; &#x263a;', 'a\u00a0\u00a0b & <c> ☺'],
  ['<pre>a\n  b</pre>', 'a\n  b\n'],
  ['<div style="white-space: pre-wrap">a\n  b</div>c', 'a\n  b\nc'],
  ['<table><tr><td>1</td><td>2</td></tr><tr><td>3</td></tr></table>x', '1\t2\n3\nx'],
  ['<table><tr><td>1</td>2</tr></table>', '1\t2\n'],
  ['<ul><li>a<li>b</ul>c', 'a\nb\nc'],
  ['<head><title>t</title><style>p{}</style></head>x', 'x'],
  ['a<!-- b --><script>c()</script>d', 'ad'],
  ['al<b>ice</b>&#64;corp.example', 'alice@corp.example'],
  ['a <img src=x> b', 'a  b'],
  ['<head><p>no body', 'no body\n\n'],
  ['a&#1;b&#13;c', 'ab\nc'.replace('\n', ' ')],
  ['<div>unclosed <b>tags', 'unclosed tags\n'],
  ['<a href="x">link</a><wbr>text', 'linktext'],
])('%s', (source, text) => {
  expect(plain(source)).toBe(text);
});

test('each text token says where it stands in the plain text', () => {
  const { tokens, plain: all } = readHtml('<p>a <b>b</b></p> c<br>d &amp; <table><tr><td>e<td>f</table><pre>\n g\n</pre>');
  const texts = tokens.filter((token) => token.kind === 'text');
  expect(texts.length).toBeGreaterThan(5);
  for (const { text, at } of texts) expect(all.slice(at, at + text.length)).toBe(text);
});

test.each([
  'display:none',
  'display : NONE !important',
  'mso-hide:all',
  'max-height:0;overflow:hidden',
  'height:0px; overflow: hidden',
  'opacity:0',
  'font-size:0',
  'font-size:1px',
  'font:0/0 a',
  'visibility:hidden',
  'text-indent:-9999px',
  'position:absolute;left:-5000px',
  'color:transparent',
])('hidden: style="%s"', (style) => {
  const html = readHtml(`<p>seen</p><div style="${style}">secret <b>words</b></div>`);
  expect(html.plain).toBe('seen\n\n');
  expect(html.hidden).toBe('secret\nwords');
});

test.each([
  ['.pre{display:none}', '<div class="a pre">secret</div>'],
  ['.pre { display : none !important }', '<div class=pre style="display:block">secret</div>'],
  ['#top{font-size:0}', '<span id=top>secret</span>'],
  ['td.x, p.x{visibility:hidden}', '<p class=x>secret</p>'],
  ['.a .b > i{opacity:0}', '<div class=a><p><b class=b><i>secret</i></b></p></div>'],
  ['<!-- .x{position:absolute;left:-999px} -->', '<p class=x>secret</p>'],
  ['/* { */ .x{mso-hide:all} /* } */', '<p class=x>secret</p>'],
  ['@import url(a.css); .x{max-height:0;overflow:hidden}', '<p class=x>secret</p>'],
  ['@media screen{.x{display:none}}', '<p class=x>secret</p>'],
  ['@media (max-width:600px){.y{display:block}} .x{display:none}', '<p class=x>secret</p>'],
  ['.x{display:block} p.x{display:none} .x{display:block}', '<p class=x>secret</p>'],
  ['.x{color:#fff}', '<p class=x>secret</p>'],
  ['body{background:#123456} .x{color:#123457} a:hover{background:red}', '<body><p class=x>secret</p></body>'],
  ['', '<table bgcolor="#eeeeee"><tr><td><font color="#EEE">secret</font></td></tr></table>'],
  ['', '<p style="color: rgb(255, 255, 255); background-color: White">secret</p>'],
  ['', '<p style="color:rgba(0,0,0,0)">secret</p>'],
  ['', '<p style="clip-path: inset(50%)">secret</p>'],
  ['', '<p style="font-size:.01em">secret</p>'],
])('hidden by a style sheet or a colour: %s %s', (css, source) => {
  const html = readHtml(`<style>${css}</style>${source}<p style="color:black">seen</p>`);
  expect(html.plain.trim()).toBe('seen');
  expect(html.hidden).toBe('secret');
});

test.each([
  ['@media only screen and (max-width:600px){.x{display:none}}', '<p class=x>seen</p>'],
  ['@media print{.x{display:none}}', '<p class=x>seen</p>'],
  ['@font-face{font-family:x} @keyframes a{from{opacity:0}}', '<p class=x>seen</p>'],
  ['.x{display:none} .x{display:block}', '<p class=x>seen</p>'],
  ['.x{display:none}', '<p class=x style="display:block">seen</p>'],
  ['.x{display:none}', '<p class=x>secret</p><p class=x style="display:block">seen</p><p class=x>secret</p>'],
  ['.x{display:none} b .x{display:block}', '<p class=x>secret</p><b><p class=x>seen</p></b>'],
  ['.x:hover{display:none} .x::before{display:none}', '<p class=x>seen</p>'],
  ['.a > .x{display:none}', '<div class=a><div><p class=x>seen</p></div></div>'],
  ['p.y{display:none} .xx{display:none} x{display:none}', '<p class=x>seen</p>'],
  ['<!-- --><!-- .x{display:block} -->', '<!-- <style>.x{display:none}</style> --><p class=x>seen</p>'],
  ['.x{color:#fff}', '<table bgcolor=navy><tr><td class=x>seen</td></tr></table>'],
  ['.x{color:#fff} [bgcolor]{background:#000}', '<p class=x>seen</p>'],
  ['.x{color:#fff}', '<td background="a.png"><p class=x>seen</p>'],
  ['', '<div style="background:linear-gradient(red,blue);color:white">seen</div>'],
  ['', '<div style="color:white">a<span style="color:black">seen</span></div>'],
  ['', '<a style="background:#007bff;color:#fff" href="https://x.example">seen</a>'],
])('seen for all its style sheet says: %s %s', (css, source) => {
  expect(readHtml(`<style>${css}</style>${source}`).plain).toContain('seen');
});

test('style sheets made to stall their readers cost linear time', async () => {
  const work = () => {
    readHtml(`<style>${'a{}'.repeat(200_000)}</style>x`);
    readHtml(`<style>${'@media screen{'.repeat(60_000)}</style>x`);
    readHtml(`<style>${'.a '.repeat(7)}.a{display:none}${'.b .a{top:0}'.repeat(2_000)}</style>${'<b class=a>x</b>'.repeat(9_000)}`);
    readHtml('<style>/*'.repeat(100_000));
    readHtml('<style '.repeat(100_000));
  };
  expect(await leastCpu(work, 4000)).toBeLessThan(4000);
});

test.each([
  '<p hidden>secret</p>',
  '<noscript>secret</noscript>',
  '<template>secret</template>',
  '<svg><text>secret</text></svg>',
  '<iframe srcdoc="secret"></iframe>',
])('hidden: %s', (source) => {
  const html = readHtml(`${source}seen`);
  expect(html.plain.trim()).toBe('seen');
  expect(html.hidden).toContain('secret');
  expect(html.tokens.some((token) => token.kind === 'open' && token.name === 'text')).toBe(false);
});

test('an element may show itself again in one that has no size or is invisible, but not in one that is gone', () => {
  expect(plain('<td style="font-size:0"><p style="font-size:14px">a</p></td>').trim()).toBe('a');
  expect(plain('<p style="visibility:hidden"><b style="visibility:visible">a</b></p>').trim()).toBe('a');
  expect(plain('<p style="display:none"><b style="display:inline">a</b></p>').trim()).toBe('');
});

const fetched: readonly (readonly [source: string, url: string, by: string])[] = [
  ['<img src="https://x.example/a">', 'https://x.example/a', 'img src'],
  ['<img src=" HTTP://x.example/a">', 'HTTP://x.example/a', 'img src'],
  ['<img src="h\nttp://x.example/a">', 'http://x.example/a', 'img src'],
  ['<img src="//x.example/a">', '//x.example/a', 'img src'],
  ['<img src="\\\\x.example\\a">', '//x.example/a', 'img src'],
  ['<image src="ftp://x.example/a">', 'ftp://x.example/a', 'img src'],
  ['<img srcset="a.png 1x, https://x.example/a 2x">', 'https://x.example/a', 'img srcset'],
  ['<td background="https://x.example/a">', 'https://x.example/a', 'td background'],
  ['<video poster="https://x.example/a">', 'https://x.example/a', 'video poster'],
  ['<input type=image src="https://x.example/a">', 'https://x.example/a', 'input src'],
  ['<link rel=stylesheet href="https://x.example/a">', 'https://x.example/a', 'link href'],
  ['<style>@import "https://x.example/a";</style>', 'https://x.example/a', 'style'],
  ['<style>p{background:url( "https://x.example/a" )}</style>', 'https://x.example/a', 'style'],
  ['<p style="background:url(https://x.example/a)">', 'https://x.example/a', 'p style'],
  ['<p style="background:\\75 rl(\'https:\\2f\\2fx.example/a\')">', 'https://x.example/a', 'p style'],
  ['<p style="background:image-set(\'//x.example/a\' 1x)">', '//x.example/a', 'p style'],
  ['<source src="https://x.example/a">', 'https://x.example/a', 'source src'],
  ['<object data="https://x.example/a">', 'https://x.example/a', 'object data'],
  ['<embed src="https://x.example/a">', 'https://x.example/a', 'embed src'],
  ['<iframe src="https://x.example/a">', 'https://x.example/a', 'iframe src'],
  ['<iframe srcdoc="<img src=&quot;https://x.example/a&quot;>">', 'https://x.example/a', 'img src'],
  ['<svg><image xlink:href="https://x.example/a"/></svg>', 'https://x.example/a', 'image xlink:href'],
  ['<v:fill src="https://x.example/a">', 'https://x.example/a', 'v:fill src'],
  ['<!--[if mso]><v:imagedata src="https://x.example/a"/><![endif]-->', 'https://x.example/a', 'v:imagedata src'],
  ['<div style="display:none"><img src="https://x.example/a"></div>', 'https://x.example/a', 'img src'],
  ['<meta http-equiv=refresh content="0; url=https://x.example/a">', 'https://x.example/a', 'meta refresh'],
  ['<base href="https://x.example/">', 'https://x.example/', 'base href'],
];

test.each(fetched)('fetched: %s', (source, url, by) => {
  expect(readHtml(source).resources).toMatchObject([{ url, by }]);
});

test('what is attached, inline or waits for a click is not fetched', () => {
  const source =
    '<img src="cid:a@b"><img src="data:image/gif;base64,//8AAAA"><a href="https://x.example/">x</a><form action="https://x.example/">' +
    '<p style="background:url(data:image/png;base64,//iVBO)"><blockquote cite="https://x.example/"><p style="color:red">';
  expect(readHtml(source).resources).toEqual([]);
});

test('HTML over 200 levels deep or over 20,000 tags is refused, what is below is read', () => {
  expect(plain(`${'<div>'.repeat(200)}x`).trim()).toBe('x');
  expect(() => readHtml('<div>'.repeat(300))).toThrow(TooComplex);
  expect(plain('<br>'.repeat(19_000))).toHaveLength(19_000);
  expect(() => readHtml('<br>'.repeat(20_001))).toThrow(TooComplex);
  expect(() => readHtml(`<!--[if mso]>${'<br>'.repeat(20_001)}<![endif]-->`)).toThrow(TooComplex);
});

test('whatever the source, it is read or too complex', () => {
  const piece = fc.oneof(
    fc.string(),
    fc.constantFrom(
      '<',
      '>',
      '<p ',
      '</p>',
      '<div style="',
      '"',
      '<!--',
      '-->',
      '&',
      '&#x',
      ';',
      '<style>',
      '</style>',
      '<table><td>',
      '<svg>',
      '<br/>',
      '<pre>',
      "'",
      '=',
    ),
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => {
      const { tokens, plain: all } = readHtml(pieces.join(''));
      const open: string[] = [];
      for (const token of tokens) {
        if (token.kind === 'text') expect(all.slice(token.at, token.at + token.text.length)).toBe(token.text);
        if (token.kind === 'close') expect(open.lastIndexOf(token.name)).toBeGreaterThanOrEqual(0);
        if (token.kind === 'open') open.push(token.name);
      }
    }),
  );
});

const hostile: readonly (readonly [what: string, source: (n: number) => string])[] = [
  ['angle brackets', (n) => '<'.repeat(n)],
  ['blanks', (n) => ' '.repeat(n)],
  ['entities', (n) => '&#'.repeat(n / 2)],
  ['attributes', (n) => `<a ${Array.from({ length: n / 8 }, (_, i) => `a${i}=b`).join(' ')}>`],
  ['comments', (n) => '<!--'.repeat(n / 4)],
  ['conditional comments', (n) => '<!--[if '.repeat(n / 8)],
  ['closing tags', (n) => '</b>'.repeat(n / 4)],
  ['slashes in styles', (n) => `<style>${'//'.repeat(n / 2)}</style>`],
  ['url() in styles', (n) => `<p style="${'url(https://'.repeat(n / 12)}">`],
  ['escapes in styles', (n) => `<p style="${'\\2f'.repeat(n / 3)}">`],
  ['brackets in styles', (n) => `<p style="${'a:(;'.repeat(n / 4)}">`],
  ['srcset', (n) => `<img srcset="${'//a, '.repeat(n / 5)}">`],
  ['short texts', (n) => 'a&lt; '.repeat(n / 6)],
];

test.each(hostile)('1 MB of %s is read in less than two seconds', async (_, source) => {
  const text = source(1_000_000);
  const work = () => {
    readHtml(text);
  };
  expect(await leastCpu(work, 2_000)).toBeLessThan(2_000);
});
