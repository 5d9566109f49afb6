/** The few words of our own that stand in a relayed message: what was taken out, and why, in the recipient's language. */
import type { Language } from '../model/route.ts';

type Words = Readonly<Record<Language, string>>;

/** Notes by rule; a rule without a row gets the row `other`. */
const notes: Readonly<Record<string, Words>> = {
  'contact-email': {
    en: 'email address removed',
    de: 'E-Mail-Adresse entfernt',
    it: 'indirizzo e-mail rimosso',
    sv: 'e-postadress borttagen',
    zh: '电子邮件地址已移除',
    id: 'alamat email dihapus',
    es: 'dirección de correo eliminada',
    fr: 'adresse e-mail supprimée',
  },
  'contact-phone': {
    en: 'phone number removed',
    de: 'Telefonnummer entfernt',
    it: 'numero di telefono rimosso',
    sv: 'telefonnummer borttaget',
    zh: '电话号码已移除',
    id: 'nomor telepon dihapus',
    es: 'número de teléfono eliminado',
    fr: 'numéro de téléphone supprimé',
  },
  'contact-handle': {
    en: 'contact details removed',
    de: 'Kontaktdaten entfernt',
    it: 'recapito rimosso',
    sv: 'kontaktuppgift borttagen',
    zh: '联系方式已移除',
    id: 'kontak dihapus',
    es: 'datos de contacto eliminados',
    fr: 'coordonnées supprimées',
  },
  link: {
    en: 'link removed',
    de: 'Link entfernt',
    it: 'link rimosso',
    sv: 'länk borttagen',
    zh: '链接已移除',
    id: 'tautan dihapus',
    es: 'enlace eliminado',
    fr: 'lien supprimé',
  },
  'sensitive-info': {
    en: 'sensitive data removed',
    de: 'vertrauliche Daten entfernt',
    it: 'dati sensibili rimossi',
    sv: 'känsliga uppgifter borttagna',
    zh: '敏感信息已移除',
    id: 'data sensitif dihapus',
    es: 'datos confidenciales eliminados',
    fr: 'données sensibles supprimées',
  },
  other: {
    en: 'removed',
    de: 'entfernt',
    it: 'rimosso',
    sv: 'borttaget',
    zh: '已移除',
    id: 'dihapus',
    es: 'eliminado',
    fr: 'supprimé',
  },
};

const sameAs: Readonly<Record<string, string>> = { 'external-link': 'link', 'logo-link': 'link' };

const attachmentRemoved: Words = {
  en: 'attachment removed',
  de: 'Anhang entfernt',
  it: 'allegato rimosso',
  sv: 'bilaga borttagen',
  zh: '附件已移除',
  id: 'lampiran dihapus',
  es: 'archivo adjunto eliminado',
  fr: 'pièce jointe supprimée',
};

/** Why a file was taken out: by rule, or by what kept it from being freed of what tells about its author. */
const reasons: Readonly<Record<string, Words>> = {
  'attachment-type': {
    en: 'this kind of file is not allowed',
    de: 'diese Art von Datei ist nicht erlaubt',
    it: 'questo tipo di file non è consentito',
    sv: 'den här typen av fil är inte tillåten',
    zh: '不允许此类文件',
    id: 'jenis berkas ini tidak diizinkan',
    es: 'este tipo de archivo no está permitido',
    fr: 'ce type de fichier n’est pas autorisé',
  },
  'attachment-size': {
    en: 'the attachments are too large',
    de: 'die Anhänge sind zu groß',
    it: 'gli allegati sono troppo grandi',
    sv: 'bilagorna är för stora',
    zh: '附件过大',
    id: 'lampiran terlalu besar',
    es: 'los archivos adjuntos son demasiado grandes',
    fr: 'les pièces jointes sont trop volumineuses',
  },
  damaged: {
    en: 'the file is damaged',
    de: 'die Datei ist beschädigt',
    it: 'il file è danneggiato',
    sv: 'filen är skadad',
    zh: '文件已损坏',
    id: 'berkas rusak',
    es: 'el archivo está dañado',
    fr: 'le fichier est endommagé',
  },
  encrypted: {
    en: 'it is encrypted or needs a password',
    de: 'die Datei ist verschlüsselt oder mit einem Passwort geschützt',
    it: 'è cifrato o protetto da una password',
    sv: 'den är krypterad eller skyddad med lösenord',
    zh: '文件已加密或受密码保护',
    id: 'berkas terenkripsi atau memerlukan kata sandi',
    es: 'está cifrado o protegido con contraseña',
    fr: 'elle est chiffrée ou protégée par un mot de passe',
  },
  scripted: {
    en: 'it contains a program (script or macro)',
    de: 'die Datei enthält ein Programm (Skript oder Makro)',
    it: 'contiene un programma (script o macro)',
    sv: 'filen innehåller ett program (skript eller makro)',
    zh: '文件包含程序（脚本或宏）',
    id: 'berkas berisi program (skrip atau makro)',
    es: 'contiene un programa (script o macro)',
    fr: 'elle contient un programme (script ou macro)',
  },
  complex: {
    en: 'it is too large or too complex to be checked',
    de: 'die Datei ist zu groß oder zu verschachtelt, um sie zu prüfen',
    it: 'è troppo grande o complesso per essere controllato',
    sv: 'filen är för stor eller för komplex för att kontrolleras',
    zh: '文件过大或过于复杂，无法检查',
    id: 'berkas terlalu besar atau rumit untuk diperiksa',
    es: 'es demasiado grande o complejo para revisarlo',
    fr: 'elle est trop volumineuse ou trop complexe pour être vérifiée',
  },
  identity: {
    en: 'it names its author',
    de: 'sie nennt, von wem sie ist',
    it: 'indica chi lo ha scritto',
    sv: 'den nämner vem den kommer från',
    zh: '其中写有发件人的身份',
    id: 'isinya menyebut siapa pengirimnya',
    es: 'nombra a su autor',
    fr: 'il nomme son auteur',
  },
  other: {
    en: 'against the rules of the marketplace',
    de: 'gegen die Regeln des Marktplatzes',
    it: 'contro le regole del marketplace',
    sv: 'mot marknadsplatsens regler',
    zh: '违反平台规则',
    id: 'melanggar aturan marketplace',
    es: 'contra las normas del mercado',
    fr: 'contraire aux règles de la place de marché',
  },
};

const row = (table: Readonly<Record<string, Words>>, key: string, language: Language): string =>
  (table[key] ?? table.other)?.[language] ?? '';

/** `[phone number removed]`, in place of words that a rule took out. */
export const noteFor = (rule: string, language: Language): string => `[${row(notes, sameAs[rule] ?? rule, language)}]`;

/** `[attachment removed: attachment-1.exe: this kind of file is not allowed]`, a line at the end of the text. */
export const fileNoteFor = (rule: string, name: string, language: Language): string =>
  `[${attachmentRemoved[language]}: ${name}: ${row(reasons, rule, language)}]`;
