/** A party's standing, in Spanish. */
import type { StandingWords } from '../standing-words.ts';

export const es: StandingWords = {
  titles: {
    warned: 'Advertencia: mensajes contra las normas',
    'starting-blocked': 'Por ahora no puede iniciar conversaciones',
    'all-blocked': 'Sus mensajes están bloqueados',
    lifted: 'Se ha levantado una restricción',
  },
  decided: {
    warned:
      'Esto es una advertencia. No hay nada bloqueado. Si otros mensajes incumplen las normas, es posible que durante un tiempo no pueda iniciar conversaciones.',
    'starting-blocked':
      'Por ahora no puede iniciar conversaciones con compradores. Las respuestas a los compradores que le escriben se siguen entregando.',
    'all-blocked': 'Por ahora no se entrega ninguno de sus mensajes, tampoco las respuestas.',
    lifted: 'Una medida sobre sus mensajes ha terminado antes de tiempo. Sus mensajes se entregan de nuevo como antes.',
  },
  period: 'Se aplica desde {from} hasta {until}.',
  open: 'Se aplica desde {from} hasta nuevo aviso.',
  facts: 'El motivo son estos mensajes suyos:',
  ground: 'Fundamento: las normas del mercado para los mensajes, en concreto: {rules}.',
  by: {
    automatic: 'Esta decisión se tomó de forma automática: un programa encontró los incumplimientos y los contó.',
    operator: 'Esta decisión la tomó una persona del mercado.',
  },
  elsewhere: 'Puede oponerse a esta decisión ante el mercado; una persona revisará el caso.',
  redress: 'Siguen abiertas la resolución extrajudicial y la vía judicial.',
  found: 'incumplimiento de las normas, comprobado por una persona',
  blocked: {
    'starting-blocked': {
      name: 'iniciar conversaciones está bloqueado',
      what: 'Por ahora no puede iniciar conversaciones con compradores ({ends}).',
      mend: 'Puede seguir respondiendo a los compradores que le escriben. Espere al final del bloqueo u opóngase.',
    },
    'all-blocked': {
      name: 'los mensajes están bloqueados',
      what: 'Por ahora no se entrega ninguno de sus mensajes ({ends}).',
      mend: 'Espere al final del bloqueo u opóngase.',
    },
  },
  ends: { until: 'hasta {until}', open: 'hasta nuevo aviso' },
  tag: {
    'used-up': 'Su marca {tag} no cuenta por ahora: vale {n} veces en 30 días, y ya están agotadas. Vuelve a contar desde {until}.',
    reported:
      'Su marca {tag} no cuenta por ahora: hubo compradores que denunciaron mensajes que la llevaban. Vuelve a contar desde {until}.',
  },
};
