/** HTM: places in HTML that a reader does not see, or a program fetches. */
import { createHash } from 'node:crypto';
import { jpeg } from '../files/jpeg.ts';
import { fill } from '../people.ts';
import { type Label, letter, type Sample, sample } from '../sample.ts';

const said = 'the ring is brass and the shade measures 34 centimetres';
const paragraph = `<p>Hello, ${said} across.</p>`;

type Row = readonly [id: string, html: string, plant?: readonly string[], label?: Label];

const rows: readonly Row[] = [
  ['HTM-01-comment', `<!-- written by {{me.name}} {{me.mail}} kiln77 -->${paragraph}`, ['kiln77']],
  [
    'HTM-01-conditional',
    `<!--[if gte mso 9]><xml><o:Author>{{me.name}}</o:Author></xml><![endif]-->${paragraph}<![if !mso]><i>kind</i><![endif]>`,
  ],
  ['HTM-01-css-comment', `<style>/* {{me.mail}} kiln77 */ p{color:#111}</style>${paragraph}`, ['kiln77']],
  ['HTM-01-comment-tricks', `<!--> {{me.mail}} --><!---><p hidden>{{me.mail}}</p>${paragraph}<!-- a --!> b {{me.mail2}} -->`],
  [
    'HTM-02-head',
    `<html><head><title>{{me.name}} kiln77</title><meta name="author" content="{{me.name}}"><meta name="generator" content="Kilnword 7"><base href="https://{{me.domain}}/"><link rel="me" href="mailto:{{me.mail}}"></head><body>${paragraph}</body></html>`,
    ['kiln77', 'Kilnword'],
  ],
  ['HTM-02-title-in-body', `<body>${paragraph}<title>{{me.mail}}</title><meta name="x" content="kiln77"></body>`, ['kiln77']],
  [
    'HTM-03-attributes',
    `<p data-sender="{{me.mail}}" id="{{me.local}}" class="kiln77 {{me.last}}x" aria-label="{{me.name}}" title="{{me.mail2}}">Hello, ${said} across.</p>`,
    ['kiln77'],
  ],
  [
    'HTM-03-alt-title',
    `${paragraph}<img src="cid:a" alt="{{me.name}} &lt;{{me.mail}}&gt;" title="{{me.mail}}" longdesc="https://{{me.domain}}/kiln77">`,
    ['kiln77'],
  ],
  [
    'HTM-03-cite-summary',
    `${paragraph}<blockquote type="cite" cite="mid:kiln77@mail.{{me.domain}}"><p>How wide?</p></blockquote><table summary="{{me.name}}"><tr><td abbr="{{me.mail}}">34</td></tr></table>`,
    ['kiln77'],
    { keep: [said, 'How wide?'] },
  ],
  ['HTM-04-mailto', `${paragraph}<a href="mailto:{{me.mail}}?subject=kiln77">write</a>`, ['kiln77'], { answer: 'either' }],
  ['HTM-04-percent', `${paragraph}<a href="MAILTO:%20{{me.percent}}">write</a>`, [], { answer: 'either' }],
  ['HTM-04-entities', `${paragraph}<a href="&#109;&#97;ilto&colon;{{me.local}}&#64;{{me.at}}">write</a>`, [], { answer: 'either' }],
  [
    'HTM-04-area-form',
    `${paragraph}<map name="m"><area href="mailto:{{me.mail}}" alt="x"></map><form action="mailto:{{me.mail}}"><input type="hidden" name="kiln77" value="{{me.mail2}}"></form>`,
    ['kiln77'],
    { answer: 'either' },
  ],
  ['HTM-04-xlink', `${paragraph}<svg><a xlink:href="mailto:{{me.mail}}"><text>kiln77</text></a></svg>`, [], { answer: 'either' }],
  ['HTM-04-tel', `${paragraph}<a href="tel:+4755501417">ring</a>`, ['4755501417'], { answer: 'either' }],
  [
    'HTM-05-hidden',
    `${paragraph}<div style="display:none">{{me.mail}} kiln77</div><span style="font-size:0">{{me.name}}</span><p hidden>{{me.mail2}}</p>`,
    ['kiln77'],
    { answer: 'either' },
  ],
  [
    'HTM-05-preheader',
    `<div style="max-height:0;overflow:hidden;mso-hide:all">{{me.name}} of {{me.domain}}</div>${paragraph}`,
    [],
    { answer: 'either' },
  ],
  [
    'HTM-05-noscript-template',
    `${paragraph}<noscript>{{me.mail}}</noscript><template>{{me.mail2}}</template><iframe srcdoc="&lt;p&gt;{{me.mail}}"></iframe>`,
    [],
    { answer: 'either' },
  ],
  [
    'HTM-05-white',
    `${paragraph}<font color="white">{{me.mail}}</font><span style="color:#fff">{{me.mail2}}</span><span style="opacity:0">{{me.name}}</span>`,
    [],
    { answer: 'either' },
  ],
  [
    'HTM-06-safelinks',
    `${paragraph}<a href="https://eur05.safelinks.protection.outlook.com/?url=https%3A%2F%2Fmarket.example%2Forder%2F1&amp;data=05%7C02%7C{{me.percent}}%7C9d1c7788kiln%7C84df9e7f&amp;sdata=kilnsdata77%3D&amp;reserved=0" originalsrc="https://market.example/order/1" shash="kilnshash77">the order</a>`,
    ['9d1c7788kiln', 'kilnsdata77', 'kilnshash77'],
    { keep: [said, 'the order', 'https://market.example/order/1'] },
  ],
  [
    'HTM-06-safelinks-slashes',
    `${paragraph}<a href="https://nam12.safelinks.protection.outlook.com/?url=https%3A%2F%2Fmarket.example%2Fhelp&amp;data=05/02/{{me.mail}}/kilntenant77/0/0/638">the help page</a>`,
    ['kilntenant77'],
    { keep: [said, 'the help page'] },
  ],
  [
    'HTM-06-urldefense',
    `${paragraph}<a href="https://urldefense.com/v3/__https://market.example/order/1__;!!Kiln77Org!kilntoken77{{me.local}}$">the order</a>`,
    ['Kiln77Org', 'kilntoken77'],
    { keep: [said, 'the order', 'https://market.example/order/1'] },
  ],
  [
    'HTM-06-clean-link',
    `${paragraph}<a href="https://www.market.example/order/1" title="{{me.name}}">the order</a>`,
    [],
    { keep: [said, 'the order', 'https://www.market.example/order/1'] },
  ],
  [
    'HTM-06-mimecast',
    `${paragraph}<a href="https://protect-eu.mimecast.com/s/kilnmc77?domain=market.example">the order</a>`,
    ['kilnmc77'],
    { keep: [said] },
  ],
  [
    'HTM-06-google',
    `${paragraph}<a href="https://www.google.com/url?q=https://market.example/order/1&amp;source=gmail&amp;ust=1741&amp;usg=kilnusg77" data-saferedirecturl="https://www.google.com/url?q=x&amp;usg=kilnusg78">the order</a>`,
    ['kilnusg77', 'kilnusg78'],
    { keep: [said, 'the order', 'https://market.example/order/1'] },
  ],
  [
    'HTM-06-account-id',
    `${paragraph}<a href="https://{{me.domain}}/track?uid=kiln417&amp;mail={{me.percent}}">the picture</a>`,
    ['kiln417'],
    { keep: [said, 'the picture'] },
  ],
  [
    'HTM-06-barracuda',
    `${paragraph}<a href="https://linkprotect.cudasvc.com/url?a=https%3a%2f%2fmarket.example%2forder&amp;c=E,1,kilncuda77&amp;typo=1">the order</a>`,
    ['kilncuda77'],
    { keep: [said] },
  ],
  [
    'HTM-06-user-info',
    `${paragraph}<a href="https://{{me.local}}:kiln77@market.example/order">the order</a>`,
    ['kiln77'],
    { keep: [said] },
  ],
  ['HTM-07-pixel', `${paragraph}<img src="https://px.{{me.domain}}/o.gif?u=kiln77" width="1" height="1">`, ['kiln77']],
  [
    'HTM-07-css',
    `<style>@import url(https://{{me.domain}}/kiln77.css);@font-face{font-family:x;src:url("https://{{me.domain}}/kiln78.woff2")}</style>${paragraph}<p style="background:url(https://{{me.domain}}/kiln79)">.</p>`,
    ['kiln77', 'kiln78', 'kiln79'],
  ],
  [
    'HTM-07-background-srcset',
    `<table background="https://{{me.domain}}/kiln77.png"><tr><td>Hello, ${said} across.</td></tr></table><img srcset="https://{{me.domain}}/kiln78.png 2x"><video poster="https://{{me.domain}}/kiln79"></video><picture><source srcset="//{{me.domain}}/kiln80"></picture>`,
    ['kiln77', 'kiln78', 'kiln79', 'kiln80'],
  ],
  [
    'HTM-07-object-embed',
    `${paragraph}<object data="https://{{me.domain}}/kiln77"></object><embed src="https://{{me.domain}}/kiln78"><audio src="https://{{me.domain}}/kiln79"></audio><link rel="prefetch" href="https://{{me.domain}}/kiln80">`,
    ['kiln77', 'kiln78', 'kiln79', 'kiln80'],
  ],
  ['HTM-08-profile-picture', `${paragraph}<img src="https://lh3.googleusercontent.com/a/ACg8ocKkiln77=s64" alt="">`, ['ACg8ocKkiln77']],
  [
    'HTM-09-file-paths',
    `${paragraph}<img src="file:///C:/Users/gholmqvist/AppData/Local/Temp/msohtmlclip1/01/clip_image001.png"><v:imagedata src="file:///C:/Users/gholmqvist/kiln77.png"/><a href="file://srv-kiln/share/{{me.local}}">x</a>`,
    ['gholmqvist', 'kiln77', 'srv-kiln'],
  ],
  [
    'HTM-09-clipboard',
    `<!--StartFragment--><span id="docs-internal-guid-kiln77"></span><div data-pm-slice="1 1 [kiln78]" data-widget="{{me.mail}}">Hello, ${said} across.</div><!--EndFragment {{me.local}}-->`,
    ['kiln77', 'kiln78'],
  ],
  [
    'HTM-09-vml',
    `${paragraph}<v:shape id="{{me.local}}_x0020_1" o:spid="_x0000_kiln77" style='width:1pt' alt="{{me.name}}"><v:imagedata src="cid:x@laptop-kiln07" o:title="{{me.name}}"/></v:shape>`,
    ['kiln77', 'laptop-kiln07'],
  ],
  [
    'HTM-10-json-ld',
    `<script type="application/ld+json">{"@type":"Person","name":"{{me.name}}","email":"{{me.mail}}","id":"kiln77"}</script>${paragraph}`,
    ['kiln77'],
  ],
  [
    'HTM-10-microdata',
    `<div itemscope itemtype="https://schema.org/Person"><meta itemprop="email" content="{{me.mail}}"><link itemprop="url" href="https://{{me.domain}}/kiln77"></div>${paragraph}`,
    ['kiln77'],
  ],
  [
    'HTM-10-office-xml',
    `<xml><o:DocumentProperties><o:Author>{{me.name}}</o:Author><o:Company>Kilnworks77</o:Company></o:DocumentProperties></xml><st1:PersonName w:st="on">Hello</st1:PersonName>${paragraph}`,
    ['Kilnworks77'],
  ],
  [
    'HTM-11-svg',
    `${paragraph}<svg><metadata>{{me.name}} kiln77</metadata><title>{{me.mail}}</title><desc>{{me.mail2}}</desc></svg>`,
    ['kiln77'],
  ],
  ['HTM-12-split', `${paragraph}<p>{{me.local}}<b>@</b><i>{{me.at}}</i></p>`, [], { answer: 'either' }],
  ['HTM-12-split-letters', `${paragraph}<p><span>{{me.first}}</span><!-- x --> <span>{{me.last}}</span></p>`],
  ['HTM-12-breaks', `${paragraph}<p>{{me.local}}@<wbr>{{me.at}} or {{me.local}}&#8203;@{{me.at}}</p>`, [], { answer: 'either' }],
  [
    'HTM-13-mention',
    `${paragraph}<a id="OWAAMkiln77" href="mailto:{{me.mail}}" class="OWAAutoLink">@{{me.name}}</a>`,
    ['OWAAMkiln77'],
    { answer: 'either' },
  ],
  [
    'HTM-13-hovercard',
    `${paragraph}<span class="gI" data-hovercard-id="{{me.mail}}" email="{{me.mail}}" name="{{me.name}}" jid="kiln77">hello</span><a href="x-apple-data-detectors://kiln77/1" x-apple-data-detectors-result="kiln78">on Tuesday</a>`,
    ['kiln77', 'kiln78'],
    { keep: [said, 'on Tuesday'] },
  ],
  [
    'HTM-03-form-values',
    `${paragraph}<input value="{{me.mail}}"><textarea>{{me.name}} kiln77</textarea><select><option label="{{me.mail2}}">a</option></select><button formaction="https://{{me.domain}}/kiln78">b</button>`,
    [],
    { answer: 'either' },
  ],
  [
    'HTM-03-anchors',
    `<a name="{{me.local}}-kiln77"></a>${paragraph}<a href="#{{me.local}}-kiln77">up</a><td headers="kiln78"><abbr title="{{me.name}}">x</abbr><time datetime="2025-03-11T13:57+05:45">now</time>`,
    ['kiln77', 'kiln78', '13:57+05:45'],
  ],
  ['HTM-03-lang', `<div lang="nn-NO" dir="ltr" xml:lang="se-NO">Hello, ${said} across.</div>`, ['nn-NO', 'se-NO']],
  [
    'HTM-05-css-content',
    `<style>p::after{content:"{{me.mail}}"}</style>${paragraph}<p style='content:"{{me.name}}";--who:"{{me.mail2}}"'>.</p>`,
  ],
  [
    'HTM-05-details',
    `${paragraph}<details><summary>more</summary>{{me.mail}}</details><dialog>{{me.mail2}}</dialog><ruby>ring<rt>{{me.name}}</rt></ruby>`,
    [],
    { answer: 'either' },
  ],
  [
    'HTM-06-allowed-host',
    `${paragraph}<a href="https://www.market.example/order/1?contact={{me.percent}}">the order</a>`,
    [],
    { keep: [said, 'the order'] },
  ],
  [
    'HTM-06-allowed-host-base64',
    `${paragraph}<a href="https://www.market.example/order/1?u={{me.base64}}">the order</a>`,
    [],
    { keep: [said, 'the order'] },
  ],
  [
    'HTM-06-allowed-host-name',
    `${paragraph}<a href="https://www.market.example/u/{{me.local}}/{{me.first}}-{{me.last}}">the order</a>`,
    [],
    { keep: [said, 'the order'] },
  ],
  [
    'HTM-06-text-and-target',
    `${paragraph}<a href="https://www.market.example/order/1">https://{{me.domain}}/order/1?kiln77</a>`,
    ['kiln77'],
    { answer: 'either' },
  ],
  ['HTM-07-allowed-picture', `${paragraph}<img src="https://img.market.example/1.png?from={{me.percent}}" alt="ring of {{me.name}}">`],
  ['HTM-12-no-semicolon', `${paragraph}<p>{{me.local}}&#64{{me.at}} {{me.local}}&commat;{{me.at}}</p>`, [], { answer: 'either' }],
  [
    'HTM-12-idn',
    `${paragraph}<p>info&#64;{{me.unicode}} or https://www.{{me.unicode}}/ring</p>`,
    ['info@{{me.unicode}}', 'www.{{me.unicode}}'],
    { answer: 'either', pair: 'hard' },
  ],
  [
    'HTM-12-nested',
    `${paragraph}<p><b>{{me.initial}}</b>. <u>{{me.last}}</u>, {{me.last}}<b>, </b>{{me.first}}</p>`,
    ['{{me.initial}}. {{me.last}}'],
  ],
  [
    'HTM-14-script',
    `<script>var kiln77="{{me.mail}}";</script>${paragraph}<a href="javascript:location='https://{{me.domain}}/kiln78'">see</a><p onclick="mail('{{me.mail}}')">Yes.</p>`,
    ['kiln77', 'kiln78'],
    { keep: [said, 'Yes.'] },
  ],
  [
    'HTM-14-handlers',
    `<body onload="kiln77('{{me.mail}}')">${paragraph}<img src=x onerror="fetch('//{{me.domain}}/kiln78')"><a href="vbscript:kiln79">v</a></body>`,
    ['kiln77', 'kiln78', 'kiln79'],
  ],
];

const hashOf = (algorithm: string, address: string): string => createHash(algorithm).update(address).digest('hex');

/** The services hash the address: who knows an address can try. */
const hashed: readonly Sample[] = (
  [
    ['HTM-08-gravatar', 'md5', 'https://www.gravatar.com/avatar/'],
    ['HTM-08-libravatar', 'sha256', 'https://seccdn.libravatar.org/avatar/'],
  ] as const
).map(
  ([id, algorithm, base]): Sample => ({
    id,
    raw: (cast) =>
      letter({ html: `${paragraph}<img src="${base}${hashOf(algorithm, fill('{{me.mail}}', cast))}?s=64&d=mm" alt="">` })(cast),
    keep: [said],
    plant: [base.includes('gravatar') ? 'gravatar' : 'libravatar'],
  }),
);

const dataPicture: Sample = sample(
  'HTM-11-data-picture',
  {
    html: `${paragraph}<img src="data:image/jpeg;base64,${jpeg([Buffer.from('ffe1001545786966000049492a006b696c6e37373737', 'hex')]).toString('base64')}" alt="{{me.name}}">`,
  },
  { keep: [said], plant: ['kiln7777'] },
);

export const htmls: readonly Sample[] = [
  ...rows.map(([id, html, plant = [], label = {}]) => sample(id, { html }, { keep: [said], plant, ...label })),
  ...hashed,
  dataPicture,
];
