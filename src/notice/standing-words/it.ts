/** A party's standing, in Italian. */
import type { StandingWords } from '../standing-words.ts';

export const it: StandingWords = {
  titles: {
    warned: 'Avviso: messaggi contrari alle regole',
    'starting-blocked': 'Per ora non può avviare conversazioni',
    'all-blocked': 'I Suoi messaggi sono bloccati',
    lifted: 'Una restrizione è stata revocata',
  },
  decided: {
    warned:
      'Questo è un avviso. Nulla è bloccato. Se altri messaggi violano le regole, per un certo tempo potrebbe non poter avviare conversazioni.',
    'starting-blocked':
      'Per ora non può avviare conversazioni con gli acquirenti. Le risposte agli acquirenti che Le scrivono arrivano comunque.',
    'all-blocked': 'Per ora nessuno dei Suoi messaggi viene consegnato, nemmeno le risposte.',
    lifted: 'Una misura relativa ai Suoi messaggi è terminata in anticipo. I Suoi messaggi vengono di nuovo consegnati come prima.',
  },
  period: 'Vale dal {from} al {until}.',
  open: 'Vale dal {from} fino a nuovo avviso.',
  facts: 'Il motivo sono questi Suoi messaggi:',
  ground: 'Base: le regole del marketplace per i messaggi, qui: {rules}.',
  by: {
    automatic: 'Questa decisione è stata presa in modo automatico: un programma ha trovato e contato le violazioni.',
    operator: 'Questa decisione è stata presa da una persona del marketplace.',
  },
  elsewhere: 'Può opporsi a questa decisione presso il marketplace; una persona esaminerà il caso.',
  redress: 'Restano aperte la risoluzione extragiudiziale e le vie legali.',
  found: 'violazione delle regole, accertata da una persona',
  blocked: {
    'starting-blocked': {
      name: 'avvio di conversazioni bloccato',
      what: 'Per ora non può avviare conversazioni con gli acquirenti ({ends}).',
      mend: 'Può continuare a rispondere agli acquirenti che Le scrivono. Attenda la fine del blocco oppure si opponga.',
    },
    'all-blocked': {
      name: 'messaggi bloccati',
      what: 'Per ora nessuno dei Suoi messaggi viene consegnato ({ends}).',
      mend: 'Attenda la fine del blocco oppure si opponga.',
    },
  },
  ends: { until: 'fino al {until}', open: 'fino a nuovo avviso' },
  tag: {
    'used-up': 'Il Suo contrassegno {tag} al momento non conta: vale {n} volte in 30 giorni, e sono esaurite. Vale di nuovo dal {until}.',
    reported:
      'Il Suo contrassegno {tag} al momento non conta: degli acquirenti hanno segnalato messaggi che lo portavano. Vale di nuovo dal {until}.',
  },
};
