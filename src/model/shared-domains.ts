/**
 * Domains that belong to nobody who writes from them: mailbox providers, access providers, alias services, and the suffixes below which names are
 * registered. Their host names tell nothing of a party; every other domain of a mailbox is the party's own.
 */

const providers = `
012.net.il 126.com 139.com 163.com 188.com 189.cn 1und1.de 21cn.com 263.net 33mail.com 9online.fr a1.net abv.bg addy.io aim.com
aleeas.com alice-dsl.net alice.de alice.it aliceadsl.fr aliyun.com altibox.no amazonses.com ameritech.net anonaddy.com anonaddy.me
aol.com aon.at arcor.de aruba.it arubapec.it atlas.cz att.net au.com autistici.org autograf.pl azet.sk bahnhof.se bbox.fr bell.net
bellsouth.net bezeqint.net bigfoot.com biglobe.ne.jp bigmir.net bigpond.com bigpond.net.au bk.ru bluewin.ch blueyonder.co.uk bol.com.br
bredband.net bredbandsbolaget.se broadpark.no btinternet.com btopenworld.com buziaczek.pl byom.de care2.com casema.nl cegetel.net
centrum.cz centrum.sk centurylink.net centurytel.net charter.net chello.at chello.nl citromail.hu clix.pt club-internet.fr cock.li
cogeco.ca comcast.net comhem.se compuserve.com consultant.com countermail.com cox.net cs.com ctemplar.com daum.net dayrep.com dbmail.com
delfi.lv dion.ne.jp dir.bg directbox.com disroot.org docomo.ne.jp duck.com earthlink.net eastlink.ca eircom.net elisanet.fi email.com
email.cz email.de email.it embarqmail.com engineer.com erine.email eudoramail.com europe.com euskaltel.net ewe.net ewetel.net
excite.co.jp excite.com ezweb.ne.jp fastmail.com fastmail.fm fastwebnet.it firemail.de foxmail.com free.fr freemail.hu freenet.de
freeserve.co.uk freshdesk.com frisurf.no frontier.com frontiernet.net gazeta.pl genion.de getmail.no globo.com globomail.com
glocalnet.net gmail.com gmx.at gmx.ch gmx.co.uk gmx.com gmx.de gmx.es gmx.eu gmx.fr gmx.info gmx.li gmx.net gmx.org gmx.tm gmx.us go2.pl
goo.jp googlegroups.com googlemail.com gorgias.com groups.io guerrillamail.com hanmail.net helpscout.net hetnet.nl hey.com hinet.net
hispeed.ch home.nl home.se hot.ee hotmail.com hotmail.nl htp-tel.de hush.com hushmail.com i.softbank.jp i.ua icloud.com ig.com.br
iinet.net.au in.com inbox.com inbox.lt inbox.lv inbox.ru indamail.hu indiatimes.com indosat.net.id infoseek.jp inode.at
intercom-mail.com interia.eu interia.pl internet.ru internode.on.net inwind.it iol.it iol.pt ionos.de jazztel.es jubii.dk juno.com
kabelmail.de kabsi.at kakao.com katamail.com keemail.me kolumbus.fi korea.com kpnmail.nl kpnplanet.nl laposte.net lavabit.com
legalmail.it lenta.ru libero.it lineone.net list.ru live.com live.nl liwest.at luukku.com lycos.co.kr lycos.com lycos.de lyse.net
mac.com magenta.de mail.bg mail.com mail.de mail.dk mail.ee mail.ru mail.telepac.pt mailbox.org mailcity.com mailfence.com
mailinator.com me.com messagingengine.com meta.ua mindspring.com movistar.es mozmail.com msn.com mweb.co.za mynet.com myshopify.com
myyahoo.com nate.com naver.com netcabo.pt netcologne.de netscape.com netscape.net netvigator.com netvision.net.il netzero.net neuf.fr
nifty.com nifty.ne.jp noos.fr ntlworld.com numericable.fr nycap.rr.com o2.co.uk o2.pl o2mail.de o2online.de ocn.ne.jp ofir.dk oi.com.br
one.lt onet.eu onet.pl online.de online.no onmicrosoft.com ono.com op.pl opayq.com opera.com optimum.net optonline.net optusnet.com.au
orange.es orange.fr orange.net osnanet.de outlook.com ozemail.com.au pacbell.net pacific.net.sg passagen.se passport.com pchome.com.tw
pec.it plala.or.jp planet.nl plasa.com plusnet.com pm.me pobox.sk poczta.fm poczta.onet.pl post.com post.cz poste.it posteo.de
posteo.net posteo.org pp.inet.fi privaterelay.appleid.com prodigy.net proton.me protonmail.ch protonmail.com proximus.be q.com qq.com
quicknet.nl r7.com rambler.ru rediff.com rediffmail.com relay.firefox.com riseup.net ro.ru roadrunner.com rocketmail.com rogers.com
rr.com runbox.com safe-mail.net sapo.pt saunalahti.fi sbcglobal.net scarlet.be seed.net.tw sendgrid.net seznam.cz sfr.fr shaw.ca
sify.com simplelogin.co simplelogin.com sina.cn sina.com singnet.com.sg skiff.com sky.com skynet.be slingshot.co.nz slmail.me
so-net.ne.jp softbank.ne.jp sohu.com spamgourmet.com spectrum.net spray.se starhub.net.sg startmail.com stofanet.dk streamyx.com
suddenlink.net sunrise.ch suomi24.fi superonline.com swbell.net swipnet.se swissonline.ch sympatico.ca t-online.de t-online.hu
talktalk.net tdcadsl.dk tele2.nl tele2.se telefonica.net telenet.be telenor.se telepac.pt teletu.it telfort.nl telia.com telia.se
telkom.net telkomsa.net telus.net terra.com.br terra.es tesco.net tim.it tin.it tiscali.co.uk tiscali.it tlen.pl tm.net.my tom.com
tpg.com.au trash-mail.com trashmail.com ttmail.com tut.by tuta.com tuta.io tutamail.com tutanota.com tutanota.de ukr.net unity-mail.de
unitybox.de uol.com.br upcmail.nl usa.com usa.net utanet.at verizon.net versanet.de videotron.ca vip.126.com vip.163.com vip.qq.com
vip.sina.com vipmail.hu virgilio.it virgin.net virginmedia.com vivaldi.net vodafone.co.nz vodafone.de vodafone.it vodafonemail.de
vodamail.co.za voila.fr volny.cz voo.be vp.pl vsnl.net walla.co.il walla.com wanadoo.fr web.de webmail.co.za windstream.net wo.cn wp.pl
xfinity.com xmail.ru xs4all.nl xtra.co.nz ya.com ya.ru yahoo.co.jp yahoo.com yahoo.com.tw yahoo.ro yandex.by yandex.com yandex.com.tr
yandex.kz yandex.ru yandex.ua ybb.ne.jp yeah.net ymail.com yopmail.com youmail.dk zahav.net.il zendesk.com ziggo.nl zipmail.com.br
zoho.com zoho.eu zohomail.com zohomail.eu zonnet.nl zoznam.sk
`;

/** Big brands that give mailboxes under many suffixes: `yahoo.de`, `hotmail.co.uk`, `live.it`. */
const brands: ReadonlySet<string> = new Set(
  'yahoo hotmail outlook live gmx aol googlemail yandex icloud ymail msn rocketmail windowslive'.split(' '),
);

/** Names below which names are registered in `co.uk` and the like. */
const secondLevel: ReadonlySet<string> = new Set(
  'co com org net edu gov ac or ne go gob gouv nom info id web my sch mil govt asn plc ltd me nhs police in biz on art blog'.split(' '),
);

/** A first label that stands for a mail server, not for who owns the name. */
const mailLabels: ReadonlySet<string> = new Set(
  'mail email mails e-mail m mx smtp imap pop post posta correo webmail office team staff users kunden support help helpdesk service info shop store www out outbound send mg em news reply'.split(
    ' ',
  ),
);

const shared: ReadonlySet<string> = new Set(providers.trim().split(/\s+/));

/** @param domain in ASCII, lower case */
export function isSharedDomain(domain: string): boolean {
  const labels = domain.split('.');
  if (labels.some((_, at) => shared.has(labels.slice(at).join('.')))) return true;
  const [first = ''] = labels;
  return brands.has(first) && labels.length <= 3 && (labels[1] ?? '').length <= 3;
}

/** The host names that tell of the owner of a mailbox's domain: the domain, and what it is below where its first label is a server's. */
export function ownHosts(domain: string): readonly string[] {
  if (isSharedDomain(domain)) return [];
  const labels = domain.split('.');
  const rest = labels.slice(1);
  const isBelow = rest.length >= 3 || (rest.length === 2 && !secondLevel.has(rest[0] ?? ''));
  return isBelow && mailLabels.has(labels[0] ?? '') ? [rest.join('.')] : [domain];
}
