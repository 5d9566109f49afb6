/** A party's standing, in German. */
import type { StandingWords } from '../standing-words.ts';

export const de: StandingWords = {
  titles: {
    warned: 'Verwarnung: Nachrichten gegen die Regeln',
    'starting-blocked': 'Sie können zurzeit kein Gespräch beginnen',
    'all-blocked': 'Ihre Nachrichten sind gesperrt',
    lifted: 'Eine Einschränkung wurde aufgehoben',
  },
  decided: {
    warned:
      'Dies ist eine Verwarnung. Gesperrt ist nichts. Wenn weitere Nachrichten gegen die Regeln verstoßen, können Sie eine Zeit lang kein Gespräch mehr beginnen.',
    'starting-blocked':
      'Sie können zurzeit kein Gespräch mit Käufern beginnen. Antworten an Käufer, die Ihnen schreiben, werden weiter zugestellt.',
    'all-blocked': 'Von Ihren Nachrichten wird zurzeit keine zugestellt, auch keine Antwort.',
    lifted: 'Eine Maßnahme gegen Ihre Nachrichten ist vorzeitig beendet. Ihre Nachrichten werden wieder zugestellt wie vorher.',
  },
  period: 'Das gilt von {from} bis {until}.',
  open: 'Das gilt ab {from} bis auf Weiteres.',
  facts: 'Diese Nachrichten von Ihnen sind der Grund:',
  ground: 'Grundlage: die Regeln des Marktplatzes für Nachrichten, hier: {rules}.',
  by: {
    automatic: 'Diese Entscheidung wurde automatisch getroffen: Ein Programm hat die Verstöße gefunden und gezählt.',
    operator: 'Diese Entscheidung hat ein Mensch vom Marktplatz getroffen.',
  },
  elsewhere: 'Sie können dieser Entscheidung beim Marktplatz widersprechen; dann sieht sich jemand persönlich den Fall an.',
  redress: 'Außergerichtliche Streitbeilegung und der Rechtsweg stehen Ihnen offen.',
  found: 'Regelverstoß, von einem Menschen festgestellt',
  blocked: {
    'starting-blocked': {
      name: 'Gespräche beginnen ist gesperrt',
      what: 'Sie können zurzeit kein Gespräch mit Käufern beginnen ({ends}).',
      mend: 'Käufern, die Ihnen schreiben, können Sie weiter antworten. Warten Sie das Ende der Sperre ab, oder widersprechen Sie.',
    },
    'all-blocked': {
      name: 'Nachrichten sind gesperrt',
      what: 'Von Ihren Nachrichten wird zurzeit keine zugestellt ({ends}).',
      mend: 'Warten Sie das Ende der Sperre ab, oder widersprechen Sie.',
    },
  },
  ends: { until: 'bis {until}', open: 'bis auf Weiteres' },
  tag: {
    'used-up':
      'Ihr Zusatz {tag} zählt zurzeit nicht: Er zählt {n}-mal in 30 Tagen, und das haben Sie aufgebraucht. Ab {until} zählt er wieder.',
    reported: 'Ihr Zusatz {tag} zählt zurzeit nicht: Käufer haben Nachrichten damit gemeldet. Ab {until} zählt er wieder.',
  },
};
