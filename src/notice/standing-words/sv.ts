/** A party's standing, in Swedish. */
import type { StandingWords } from '../standing-words.ts';

export const sv: StandingWords = {
  titles: {
    warned: 'Varning: meddelanden mot reglerna',
    'starting-blocked': 'Du kan inte inleda samtal just nu',
    'all-blocked': 'Dina meddelanden är spärrade',
    lifted: 'En begränsning har hävts',
  },
  decided: {
    warned:
      'Det här är en varning. Ingenting är spärrat. Om fler meddelanden bryter mot reglerna kan du en tid hindras från att inleda samtal.',
    'starting-blocked': 'Du kan inte inleda samtal med köpare just nu. Svar till köpare som skriver till dig levereras fortfarande.',
    'all-blocked': 'Inga av dina meddelanden levereras just nu, inte heller svar.',
    lifted: 'En åtgärd som gällde dina meddelanden har upphört i förtid. Dina meddelanden levereras igen som förut.',
  },
  period: 'Det gäller från {from} till {until}.',
  open: 'Det gäller från {from} och tills vidare.',
  facts: 'De här meddelandena från dig är skälet:',
  ground: 'Grund: marknadsplatsens regler för meddelanden, här: {rules}.',
  by: {
    automatic: 'Beslutet fattades automatiskt: ett program hittade regelbrotten och räknade dem.',
    operator: 'Beslutet fattades av en person på marknadsplatsen.',
  },
  elsewhere: 'Du kan invända mot beslutet hos marknadsplatsen; då tittar en person på det.',
  redress: 'Tvistlösning utanför domstol och domstolsprövning står öppna för dig.',
  found: 'regelbrott, fastställt av en person',
  blocked: {
    'starting-blocked': {
      name: 'att inleda samtal är spärrat',
      what: 'Du kan inte inleda samtal med köpare just nu ({ends}).',
      mend: 'Du kan fortfarande svara köpare som skriver till dig. Vänta tills spärren upphör, eller invänd.',
    },
    'all-blocked': {
      name: 'meddelanden är spärrade',
      what: 'Inga av dina meddelanden levereras just nu ({ends}).',
      mend: 'Vänta tills spärren upphör, eller invänd.',
    },
  },
  ends: { until: 'till {until}', open: 'tills vidare' },
  tag: {
    'used-up':
      'Din märkning {tag} räknas inte just nu: den räknas {n} gånger på 30 dagar, och de är förbrukade. Den räknas igen från {until}.',
    reported: 'Din märkning {tag} räknas inte just nu: köpare har rapporterat meddelanden med den. Den räknas igen från {until}.',
  },
};
