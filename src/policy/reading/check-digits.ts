/**
 * Numbers that name a person or an account, known by their check digits: payment cards (ISO/IEC 7812, Luhn), IBAN (ISO 13616), and
 * the personal codes of several states. A number with a weak check digit, or none, needs words beside it; these stand in the phrases.
 */

/** Length of an IBAN by country (SWIFT IBAN registry). */
const ibanLengths: Readonly<Record<string, number>> = Object.fromEntries(
  (
    'AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DK18 DO28 EE20 EG29 ES24 FI18 FO18 FR27 GB22 GE22 GI23 GL18 ' +
    'GR27 GT28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 LB28 LC32 LI21 LT20 LU20 LV21 MC27 MD24 ME22 MK19 MR27 MT31 MU30 NL18 NO15 PK24 ' +
    'PL28 PS29 PT25 QA29 RO24 RS22 SA24 SC31 SE24 SI19 SK24 SM27 ST25 SV28 TL23 TN24 TR26 UA29 VA22 VG24 XK20'
  )
    .split(' ')
    .map((it) => [it.slice(0, 2), Number(it.slice(2))]),
);

/** Luhn's check digit, which also Swedish personal numbers have. */
export function passesLuhn(digits: string): boolean {
  let sum = 0;
  for (let at = 0; at < digits.length; at++) {
    const digit = Number(digits[digits.length - 1 - at]) * (at % 2 === 0 ? 1 : 2);
    sum += digit > 9 ? digit - 9 : digit;
  }
  return sum % 10 === 0;
}

/** First digits and lengths that the networks use; other numbers that pass Luhn are tracking or serial numbers. */
const cards = [
  /^4\d{12}(?:\d{3}){0,2}$/,
  /^5[1-5]\d{14}$/,
  /^2[2-7]\d{14}$/,
  /^3[47]\d{13}$/,
  /^3[0689]\d{12}$/,
  /^(?:6011|35\d\d|6[245]\d\d)\d{12}$/,
  /^62\d{15,17}$/,
] as const;

export const isCard = (digits: string): boolean => cards.some((it) => it.test(digits)) && passesLuhn(digits);

/** UnionPay's cards of 19 digits: not all banks keep to Luhn, so words must say what the number is. */
export const isUnionPay = (digits: string): boolean => /^62\d{17}$/.test(digits);

/** ISO 13616: length of the country and remainder 1 modulo 97; letters count from 10. */
export function isIban(code: string): boolean {
  const upper = code.toUpperCase();
  if (ibanLengths[upper.slice(0, 2)] !== upper.length || !/^[A-Z]{2}\d\d.*\d{4}/.test(upper)) return false;
  let remainder = 0;
  for (const character of upper.slice(4) + upper.slice(0, 4)) {
    const value = Number.parseInt(character, 36);
    if (Number.isNaN(value)) return false;
    remainder = (remainder * (value > 9 ? 100 : 10) + value) % 97;
  }
  return remainder === 1;
}

/** The length of the IBAN that begins here, 0 if the country is unknown. */
export const ibanLength = (code: string): number => ibanLengths[code.slice(0, 2).toUpperCase()] ?? 0;

const weighted = (digits: string, weights: readonly number[]): number =>
  weights.reduce((sum, weight, at) => sum + weight * Number(digits[at] ?? 0), 0);

/** Is there such a day in some year? */
const isDay = (month: number, day: number): boolean => month >= 1 && month <= 12 && day >= 1 && day <= 31;

/** 中华人民共和国公民身份号码, GB 11643: region, date of birth, order, check character. */
export function isChineseId(code: string): boolean {
  if (!/^[1-9]\d{16}[\dXx]$/.test(code)) return false;
  if (!/^(?:19|20)/.test(code.slice(6)) || !isDay(Number(code.slice(10, 12)), Number(code.slice(12, 14)))) return false;
  const sum = weighted(code, [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]);
  return '10X98765432'[sum % 11] === code[17]?.toUpperCase();
}

const oddValues = [1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23] as const;

/** Codice fiscale (D.M. 23 dicembre 1976): 15 characters and a check letter; letters may stand for digits (omocodia). */
export function isCodiceFiscale(code: string): boolean {
  const upper = code.toUpperCase();
  if (!/^[A-Z]{6}[\dL-NP-V]{2}[A-EHLMPRST][\dL-NP-V]{2}[A-Z][\dL-NP-V]{3}[A-Z]$/.test(upper)) return false;
  let sum = 0;
  for (let at = 0; at < 15; at++) {
    const character = upper[at] ?? '';
    const value = /\d/.test(character) ? Number(character) : character.charCodeAt(0) - 65;
    sum += at % 2 === 0 ? (oddValues[value] ?? 0) : value;
  }
  return String.fromCharCode(65 + (sum % 26)) === upper[15];
}

/** DNI and NIE (Spain): a check letter from the number modulo 23. */
export function isDni(code: string): boolean {
  const upper = code.toUpperCase();
  if (!/^(?:\d{8}|[XYZ]\d{7})[A-HJ-NP-TV-Z]$/.test(upper)) return false;
  const number = Number(upper.slice(0, -1).replace(/^[XYZ]/, (it) => String('XYZ'.indexOf(it))));
  return 'TRWAGMYFPDXBNJZSQVHLCKE'[number % 23] === upper.at(-1);
}

/** CPF (Brazil): two check digits. */
export function isCpf(digits: string): boolean {
  if (!/^\d{11}$/.test(digits) || /^(\d)\1+$/.test(digits)) return false;
  const check = (length: number): number => {
    const rest =
      (weighted(
        digits,
        Array.from({ length }, (_, at) => length + 1 - at),
      ) *
        10) %
      11;
    return rest === 10 ? 0 : rest;
  };
  return check(9) === Number(digits[9]) && check(10) === Number(digits[10]);
}

/** PESEL (Poland): a day, whose month also tells the century, an order and a check digit. */
export function isPesel(digits: string): boolean {
  if (!/^\d{11}$/.test(digits) || !isDay(Number(digits.slice(2, 4)) % 20, Number(digits.slice(4, 6)))) return false;
  return (10 - (weighted(digits, [1, 3, 7, 9, 1, 3, 7, 9, 1, 3]) % 10)) % 10 === Number(digits[10]);
}

/** NIR, numéro de sécurité sociale (France): 13 characters and a key modulo 97. */
export function isNir(digits: string): boolean {
  if (!/^[12]\d{14}$/.test(digits)) return false;
  const month = Number(digits.slice(3, 5));
  if (!((month >= 1 && month <= 12) || (month >= 20 && month <= 42) || month >= 50)) return false;
  return 97 - (Number(digits.slice(0, 13)) % 97) === Number(digits.slice(13));
}

/** Personnummer (Sweden): a day, `-` or `+`, and four digits of which the last is Luhn's. */
export function isPersonnummer(written: string): boolean {
  const found = /^(?:19|20)?(\d{2})(\d{2})(\d{2})[-+](\d{4})$/.exec(written);
  if (found === null) return false;
  const [, year = '', month = '', day = '', order = ''] = found;
  return isDay(Number(month), Number(day)) && passesLuhn(year + month + day + order);
}
