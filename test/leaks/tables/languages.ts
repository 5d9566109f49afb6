/** Two harmless sentences per language, that neither side's policy minds: what the author writes, and what stands in the quote. */
export interface Talk {
  readonly fresh: string;
  readonly old: string;
}

export const talks = {
  en: {
    fresh: 'The ring is brass and the shade measures 34 centimetres across.',
    old: 'How wide is the shade, and is the ring made of brass?',
  },
  de: {
    fresh: 'Der Ring ist aus Messing und der Schirm misst 34 Zentimeter.',
    old: 'Wie breit ist der Schirm, und ist der Ring aus Messing?',
  },
  fr: {
    fresh: "L'anneau est en laiton et l'abat-jour mesure 34 centimètres.",
    old: "Quelle est la largeur de l'abat-jour, et l'anneau est-il en laiton ?",
  },
  es: {
    fresh: 'El aro es de latón y la pantalla mide 34 centímetros.',
    old: '¿Cuánto mide la pantalla de ancho y de qué metal es el aro?',
  },
  it: { fresh: 'L’anello è di ottone e il paralume misura 34 centimetri.', old: 'Quanto è largo il paralume, e l’anello è di ottone?' },
  pt: { fresh: 'O aro é de latão e o abajur mede 34 centímetros.', old: 'Qual é a largura do abajur, e o aro é de latão?' },
  nl: { fresh: 'De ring is van messing en de kap meet 34 centimeter.', old: 'Hoe breed is de kap, en is de ring van messing?' },
  sv: { fresh: 'Ringen är av mässing och skärmen mäter 34 centimeter.', old: 'Hur bred är skärmen, och är ringen av mässing?' },
  da: { fresh: 'Ringen er af messing, og skærmen måler 34 centimeter.', old: 'Hvor bred er skærmen, og er ringen af messing?' },
  nb: { fresh: 'Ringen er av messing, og skjermen måler 34 centimeter.', old: 'Hvor bred er skjermen, og er ringen av messing?' },
  fi: { fresh: 'Rengas on messinkiä ja varjostin on 34 senttimetriä leveä.', old: 'Kuinka leveä varjostin on, ja onko rengas messinkiä?' },
  pl: { fresh: 'Pierścień jest z mosiądzu, a klosz ma 34 centymetry.', old: 'Jak szeroki jest klosz i czy pierścień jest z mosiądzu?' },
  cs: { fresh: 'Kroužek je z mosazi a stínidlo měří 34 centimetrů.', old: 'Jak široké je stínidlo a je kroužek z mosazi?' },
  hu: { fresh: 'A gyűrű sárgaréz, az ernyő 34 centiméter széles.', old: 'Milyen széles az ernyő, és sárgaréz a gyűrű?' },
  ro: { fresh: 'Inelul este din alamă, iar abajurul are 34 de centimetri.', old: 'Cât de lat este abajurul și inelul este din alamă?' },
  tr: { fresh: 'Halka pirinçten ve abajur 34 santimetre genişliğinde.', old: 'Abajur ne kadar geniş ve halka pirinçten mi?' },
  el: { fresh: 'Ο δακτύλιος είναι ορειχάλκινος και το αμπαζούρ έχει πλάτος 34 εκατοστά.', old: 'Πόσο φαρδύ είναι το αμπαζούρ;' },
  ru: { fresh: 'Кольцо латунное, ширина абажура 34 сантиметра.', old: 'Какой ширины абажур, и латунное ли кольцо?' },
  uk: { fresh: 'Кільце латунне, ширина абажура 34 сантиметри.', old: 'Якої ширини абажур, і чи латунне кільце?' },
  id: {
    fresh: 'Cincinnya dari kuningan dan kap lampunya selebar 34 sentimeter.',
    old: 'Berapa lebar kap lampunya, dan apakah cincinnya kuningan?',
  },
  vi: { fresh: 'Vòng bằng đồng thau và chụp đèn rộng 34 xentimét.', old: 'Chụp đèn rộng bao nhiêu, và vòng có bằng đồng thau không?' },
  ja: { fresh: 'リングは真鍮で、シェードの幅は34センチです。', old: 'シェードの幅はどのくらいですか。リングは真鍮ですか。' },
  zh: { fresh: '圆环是黄铜的，灯罩宽34厘米。', old: '灯罩有多宽，圆环是黄铜的吗？' },
  tw: { fresh: '圓環是黃銅的，燈罩寬34公分。', old: '燈罩有多寬，圓環是黃銅的嗎？' },
  ko: { fresh: '고리는 황동이고 갓의 너비는 34센티미터입니다.', old: '갓의 너비는 얼마이고 고리는 황동인가요?' },
} as const satisfies Readonly<Record<string, Talk>>;

export type Tongue = keyof typeof talks;
