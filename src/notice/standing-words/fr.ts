/** A party's standing, in French. */
import type { StandingWords } from '../standing-words.ts';

export const fr: StandingWords = {
  titles: {
    warned: 'Avertissement : messages contraires aux règles',
    'starting-blocked': 'Vous ne pouvez pas engager de conversation pour le moment',
    'all-blocked': 'Vos messages sont bloqués',
    lifted: 'Une restriction a été levée',
  },
  decided: {
    warned:
      'Ceci est un avertissement. Rien n’est bloqué. Si d’autres messages enfreignent les règles, vous pourriez pendant un temps ne plus pouvoir engager de conversation.',
    'starting-blocked':
      'Vous ne pouvez pas engager de conversation avec des acheteurs pour le moment. Vos réponses aux acheteurs qui vous écrivent sont toujours remises.',
    'all-blocked': 'Aucun de vos messages n’est remis pour le moment, pas même vos réponses.',
    lifted: 'Une mesure concernant vos messages a pris fin avant son terme. Vos messages sont de nouveau remis comme avant.',
  },
  period: 'Cela vaut du {from} au {until}.',
  open: 'Cela vaut à partir du {from} et jusqu’à nouvel ordre.',
  facts: 'Ces messages de votre part en sont la raison :',
  ground: 'Fondement : les règles de la place de marché pour les messages, ici : {rules}.',
  by: {
    automatic: 'Cette décision a été prise automatiquement : un programme a relevé les infractions et les a comptées.',
    operator: 'Cette décision a été prise par une personne de la place de marché.',
  },
  elsewhere: 'Vous pouvez contester cette décision auprès de la place de marché ; une personne examinera le cas.',
  redress: 'Le règlement extrajudiciaire et les voies de recours en justice vous restent ouverts.',
  found: 'infraction aux règles, constatée par une personne',
  blocked: {
    'starting-blocked': {
      name: 'engager une conversation est bloqué',
      what: 'Vous ne pouvez pas engager de conversation avec des acheteurs pour le moment ({ends}).',
      mend: 'Vous pouvez toujours répondre aux acheteurs qui vous écrivent. Attendez la fin du blocage, ou contestez-le.',
    },
    'all-blocked': {
      name: 'les messages sont bloqués',
      what: 'Aucun de vos messages n’est remis pour le moment ({ends}).',
      mend: 'Attendez la fin du blocage, ou contestez-le.',
    },
  },
  ends: { until: 'jusqu’au {until}', open: 'jusqu’à nouvel ordre' },
  tag: {
    'used-up':
      'Votre mention {tag} ne compte pas pour le moment : elle vaut {n} fois en 30 jours, et c’est épuisé. Elle comptera de nouveau à partir du {until}.',
    reported:
      'Votre mention {tag} ne compte pas pour le moment : des acheteurs ont signalé des messages qui la portaient. Elle comptera de nouveau à partir du {until}.',
  },
};
