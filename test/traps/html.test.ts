/**
 * What HTML can do to its readers (traps.md section 3.3), and what it can make a mail client fetch: the ways that HTTPLeaks lists, and some
 * more, each sent through the way of the relay. Nothing of them is left in what leaves.
 */
import { leastCpu } from '../support/machine.ts';
import { full, page, shownIn, taken } from './torture.ts';

const tooComplex = 'refuse: The message cannot be read (the HTML is too complex)';

beforeAll(async () => {
  await taken(page('<p>The first mail pays for the reading of all phrases.</p>'));
});

test.each<[what: string, source: string, ended: string]>([
  ['133,000 <b>', full('<b>', 400_000), tooComplex],
  ['elements that nobody knows', full('<x>', 400_000), tooComplex],
  ['<div>', full('<div>', 400_000), tooComplex],
  ['tags with a NUL', full('<\0a>', 400_000), tooComplex],
  ['tables in tables', full('<table><tr><td>', 44_000), tooComplex],
  ['100,000 pictures in one line', full('<img src=x>'), tooComplex],
  ['a megabyte of <b>x</b>', full('<b>x</b>'), tooComplex],
  ['fifty towers of 190 levels', `${'<div>'.repeat(190)}x${'</div>'.repeat(190)}`.repeat(50), 'relay'],
  ['a megabyte of attributes', `<p ${full('a=b ')}>x</p>`, 'relay'],
  ['a megabyte of declarations', `<p style="${full('a:b;')}">x</p>`, 'relay'],
  ['500 kB of rules for 9,000 elements', `<style>${full('.a{color:red}', 500_000)}</style>${'<p class=a>x</p>'.repeat(9_000)}`, 'relay'],
  ['200,000 classes of one element', `<style>${full('.a .b{color:red}', 100_000)}</style><p class="${full('a ', 400_000)}">x</p>`, 'relay'],
  ['conditional comments', full('<!--[if mso]>x<![endif]-->'), ''],
  ['empty lines in <pre>', `<pre>a${full('\r\n', 120_000)}b</pre>`, 'relay'],
])('%s: read or refused in time', async (_, source, ended) => {
  let found = '';
  const work = async () => {
    found = (await taken(page(source))).ended;
  };
  expect(await leastCpu(work, 2_500)).toBeLessThan(2_500);
  expect([ended, 'put off']).toContain(found.startsWith(ended) ? ended : found);
});

const url = 'https://leak.example/x';
/** By the element or property that would fetch. */
const vectors: readonly string[] = [
  `<html manifest="${url}"><p>a`,
  `<link rel=stylesheet href="${url}"><link rel=icon href="${url}"><link rel="dns-prefetch preconnect prefetch preload prerender" href="${url}">`,
  `<link rel=stylesheet type=text/css href="//leak.example/x"><link rel=import href=${url}><link rel=pingback href=${url}>`,
  `<base href="${url}/"><img src=a.gif><a href=b>b</a>`,
  `<meta http-equiv=refresh content="0;url=${url}"><meta http-equiv=Content-Security-Policy content="report-uri ${url}">`,
  `<meta name=msapplication-TileImage content="${url}"><meta name=msapplication-config content="${url}">`,
  `<body background="${url}"><table background=${url}><tr background=${url}><td background=${url}>a</td></tr></table>`,
  `<img src="${url}"><img srcset="${url} 1x, ${url}?2 2x"><img longdesc="${url}" lowsrc="${url}" dynsrc="${url}" usemap="${url}">`,
  `<img src=" \n${url}"><img src="h&#9;ttps://leak.example/x"><img src="\\\\leak.example\\x"><img src="///leak.example/x"><img src="/\\leak.example/x">`,
  `<image src="${url}"><image href="${url}"><picture><source srcset="${url}"><img></picture>`,
  `<video src="${url}" poster="${url}"><source src="${url}"><track kind=subtitles src="${url}" default></video><audio src=${url}></audio><bgsound src=${url}>`,
  `<input type=image src="${url}"><isindex src="${url}" type=image><button formaction="${url}">b</button>`,
  `<iframe src="${url}"></iframe><iframe srcdoc="<img src='${url}'>"></iframe><frameset><frame src="${url}"></frameset>`,
  `<object data="${url}" codebase="${url}" archive="${url}"><param name=src value="${url}"></object><embed src="${url}" pluginspage="${url}">`,
  `<applet code=x codebase="${url}" archive="${url}" object="${url}"></applet>`,
  `<script src="${url}"></script><script>fetch("${url}")</script><noscript><img src="${url}"></noscript>`,
  `<svg><image xlink:href="${url}"/><image href="${url}"/><use href="${url}#a"/><feImage href="${url}"/></svg>`,
  `<svg><style>@import "${url}"</style><filter><feImage xlink:href="${url}"/></filter><a xlink:href="${url}"><text>a</text></a></svg>`,
  `<svg><set attributeName="href" to="${url}"/><animate attributeName="xlink:href" values="${url}"/><script href="${url}"/></svg>`,
  `<svg><linearGradient xlink:href="${url}#a"/><path fill="url(${url})" mask="url(${url})" clip-path="url(${url})" marker-end="url(${url})"/></svg>`,
  `<math xlink:href="${url}"><mi href="${url}">a</mi><mglyph src="${url}"/></math>`,
  `<style>@import "${url}"; @import url(${url}); @import url( '${url}' ) screen;</style>`,
  `<style>p{background:url(${url})} p{background-image:url("${url}")} li{list-style:url(${url})} a{cursor:url(${url}),auto} q{content:url(${url})}</style>`,
  `<style>@font-face{font-family:x;src:url(${url})} p{border-image:url(${url})} p{shape-outside:url(${url})} p{filter:url(${url})}</style>`,
  `<style>p{background:image-set("${url}" 1x)} p{background:-webkit-image-set(url(${url}) 1x)} p{background:cross-fade(url(${url}),red)}</style>`,
  `<style>p{background:u\\72l(${url})} p{background:\\75\\72\\6c('${url}')} p{behavior:url(${url})} p{-moz-binding:url(${url})}</style>`,
  `<style>p{background:url(//leak.example/x)} p{background:url(\\2f\\2fleak.example/x)} @namespace url(${url}); @document url(${url}){}</style>`,
  `<style>/*</style><img src="${url}">*/</style><style><!--</style><img src="${url}">--></style>`,
  `<p style="background:url(${url})">a</p><p style="background:u\\72l('${url}')">a</p><p style='list-style-image:url("${url}")'>a</p>`,
  `<p style="background-image:image-set('${url}' 1x)">a</p><p style="width:expression(new Image().src='${url}')">a</p>`,
  `<p style="content:url(${url});cursor:url(${url});border-image-source:url(${url});mask:url(${url});-webkit-mask-image:url(${url})">a</p>`,
  `<p style="background:url(data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg'%3E%3Cimage href='${url}'/%3E%3C/svg%3E)">a</p>`,
  `<a ping="${url}">a</a><area href="#" ping="${url}"><form action="${url}"><input autofocus onfocus="location='${url}'"></form>`,
  `<blockquote cite="${url}">a</blockquote><q cite="${url}">a</q><del cite="${url}">a</del><ins cite="${url}">a</ins>`,
  `<!--[if mso]><v:fill src="${url}"/><v:imagedata src="${url}"/><![endif]--><v:background fill=t><v:fill src="${url}"/></v:background>`,
  `<!--[if gte mso 9]><xml><o:OfficeDocumentSettings/></xml><img src="${url}"><![endif]--><?xml-stylesheet href="${url}"?>`,
  `<!DOCTYPE html SYSTEM "${url}"><!ENTITY x SYSTEM "${url}"><xml src="${url}"></xml><xss style="behavior:url(${url})">`,
  `<img src="data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg'><image href='${url}'/></svg>"><iframe src="data:text/html,<img src=${url}>">`,
  `<img src="cid:x" onerror="this.src='${url}'" onload="new Image().src='${url}'"><body onload="fetch('${url}')">`,
  `<template><img src="${url}"></template><dialog open><img src="${url}"></dialog><details open ontoggle="fetch('${url}')"><img src="${url}"></details>`,
  `<div hidden><img src="${url}"></div><p style="display:none"><img src="${url}"></p><textarea><img src="${url}"></textarea><xmp><img src="${url}"></xmp>`,
  `<img src='${url}' alt="<img src='x'>"><img src="x\`><img src=${url}>"><img """><img src="${url}">">`,
  `<table><td><img src=${url}<td><img/src=${url}><img/**/src=${url}><img\u000csrc=${url}>`,
  `<font face="${url}" color="url(${url})">a</font><hr color="url(${url})"><marquee onstart="fetch('${url}')">a</marquee>`,
];

test.each(vectors)('nothing is left that a mail client would fetch: %s', async (source) => {
  const { ended, bytes } = await taken(page(`<p>Is it oak?</p>${source}`));
  expect(ended).toBe('relay');
  const shown = shownIn(bytes);
  expect(shown).toContain('Is it oak?');
  const markup = shown.slice(shown.indexOf('text/html')).match(/<[^>]*>/g) ?? [];
  expect(markup.filter((tag) => /leak|url\(|@import|data:|\bon\w+=/i.test(tag))).toEqual([]);
  expect(markup.filter((tag) => /^<(?:script|style|link|meta|base|iframe|object|embed|svg|form|video|audio)\b/i.test(tag))).toEqual([]);
});
