/** Notices in Spanish. */
import type { Words } from '../vocabulary.ts';

export const es: Words = {
  service: 'Servicio de mensajes',
  quotes: ['«', '»'],
  tag: '[Importante]',
  comma: ', ',
  greeting: 'Hola, {own}:',
  kinds: {
    refused: {
      state: 'No entregado',
      title: 'No entregado: {subject}',
      happened: 'Su mensaje para {other} no se ha entregado porque no cumple las normas del marketplace.',
      rest: 'No se ha entregado ninguna parte del mensaje, así que {other} no ha visto nada de él.',
      again: 'Modifique el mensaje y vuelva a enviarlo.',
    },
    redacted: {
      state: 'Entregado con cambios',
      title: 'Entregado con cambios: {subject}',
      happened: 'Su mensaje para {other} se ha entregado, pero según las normas del marketplace ha sido necesario quitar una parte.',
      rest: 'El resto del mensaje se ha entregado, así que no hace falta que lo envíe de nuevo.',
      again: 'Si ahora falta algo importante, envíelo de otra forma.',
    },
    held: {
      state: 'Retenido',
      title: 'Retenido: {subject}',
      happened: 'Su mensaje para {other} todavía no se ha entregado. Queda retenido hasta que se haya revisado.',
      rest: 'El mensaje completo está a salvo, y por ahora {other} no ha visto nada de él.',
      again: 'Puede simplemente esperar, o modificar el mensaje y volver a enviarlo.',
    },
  },
  labels: {
    to: 'Para: ',
    subject: 'Asunto: ',
    sent: 'Enviado: ',
    words: 'En su mensaje: ',
    file: 'Archivo adjunto: ',
    mend: 'Qué hacer: ',
    reason: 'Motivo: ',
    trace: 'Referencia: ',
  },
  headings: { reasons: 'Este es el motivo:', now: 'Qué puede hacer ahora:' },
  more: 'y {n} más',
  noSubject: '(sin asunto)',
  noFilename: '(archivo sin nombre)',
  send: 'Responda a este correo solo con la palabra SEND y su mensaje se entregará sin las partes indicadas arriba.',
  objection: '¿Cree que se trata de un error? Responda a este correo con sus razones y una persona lo revisará.',
  kept: 'Guardamos el mensaje durante {hours} horas; después se elimina.',
  digest: {
    title: 'Mensajes no entregados tal como se escribieron, {day} ({n})',
    happened: 'Debido a las normas del marketplace, estos mensajes suyos no se han entregado tal como los escribió.',
    objection: '¿Cree que en algún caso se trata de un error? Responda con la referencia y sus razones y una persona lo revisará.',
  },
  copied: {
    title: 'Otras personas además de {other} han recibido su mensaje',
    happened: 'Su mensaje a {other} nombra también a otros destinatarios en Para o Cc. Por nuestra parte solo lo ha recibido {other}.',
    seen: 'Los demás lo han recibido directamente de su programa de correo. Ven su propia dirección y pueden responderle al margen del mercado.',
    mend: 'La próxima vez escriba solo a la dirección de {other}. Si otros deben saberlo, escríbales un correo aparte.',
  },
  stranger: {
    title: '¿Es suya la dirección {address}?',
    happened:
      'Ha llegado un correo en su nombre desde {address}, un buzón que no conocemos como suyo. Es para {other}, que no lo ha visto.',
    approve: 'Responda APPROVE: el correo se entrega y el buzón podrá escribir en su nombre a partir de ahora.',
    block: 'Responda BLOCK: el correo se borra y no se acepta nada de ese buzón en su nombre.',
    page: 'O elija en esta página: {page}',
    kept: 'Si no hace nada, el correo se borra pasadas {hours} horas.',
  },
  bounced: {
    title: 'No entregado: su mensaje para {other}',
    happened: 'Su mensaje para {other} no ha llegado. El proveedor de correo de la otra parte nos lo ha devuelto.',
    question: '¿Tiene alguna pregunta? Responda a este correo y una persona lo revisará.',
    reasons: {
      unknown: {
        why: 'El buzón de la otra parte ya no existe o ya no acepta correo.',
        mend: 'Por ahora no sirve de nada volver a enviarlo. El marketplace puede averiguar si hay un buzón nuevo.',
      },
      full: {
        why: 'El buzón de la otra parte está lleno.',
        mend: 'Vuelva a enviar el mensaje dentro de uno o dos días.',
      },
      policy: {
        why: 'El proveedor de correo de la otra parte ha rechazado el mensaje según sus propias normas, por ejemplo porque lo ha tomado por spam.',
        mend: 'Vuelva a enviarlo con otras palabras, si es posible sin archivos adjuntos ni imágenes.',
      },
      other: {
        why: 'El proveedor de correo de la otra parte no ha dado ningún motivo que entendamos.',
        mend: 'Vuelva a enviar el mensaje más tarde.',
      },
    },
  },
  rules: {
    'contact-email': {
      name: 'Dirección de correo',
      what: 'El mensaje contiene una dirección de correo electrónico.',
      mend: 'Quite las direcciones de correo, también las escritas con palabras. Al responder a los mensajes de aquí, su respuesta siempre llega.',
    },
    'contact-phone': {
      name: 'Número de teléfono',
      what: 'El mensaje contiene un número de teléfono.',
      mend: 'Quite los números de teléfono. Solo se admite el del transportista o, para la garantía, el del fabricante; indique de quién es.',
    },
    'contact-handle': {
      name: 'Contacto en otro servicio',
      what: 'El mensaje da un contacto en otro servicio, como WhatsApp o Telegram, o pide seguir la conversación allí.',
      mend: 'Quite esa parte y siga la conversación aquí. Sí puede mencionar un servicio así, por ejemplo como función de un producto.',
    },
    'external-link': {
      name: 'Enlace a otro sitio',
      what: 'El mensaje contiene un enlace o una dirección web de fuera del marketplace.',
      mend: 'Quítelo o enlace a una página del marketplace. El seguimiento del envío en los sitios aprobados por el marketplace está permitido.',
    },
    'logo-link': {
      name: 'Imagen con enlace',
      what: 'Una imagen o un logotipo del mensaje enlaza con un sitio de fuera del marketplace.',
      mend: 'Inserte la imagen sin enlace. Si lo añade su programa de correo, quítelo de la plantilla.',
    },
    'tracking-pixel': {
      name: 'Contenido cargado de internet',
      what: 'El mensaje carga de internet una imagen u otro contenido que puede revelar cuándo se abre.',
      mend: 'Inserte las imágenes directamente o adjúntelas, y desactive el seguimiento de apertura en su programa de correo.',
    },
    'attachment-type': {
      name: 'Tipo de archivo',
      what: 'Un archivo es de un tipo que aquí no se puede enviar. Cuenta el contenido, no el nombre.',
      mend: 'Envíelo como PDF, Word (doc, docx), imagen (PNG, JPEG, GIF, WebP, HEIC) o texto sin formato, y sin contraseña.',
    },
    'attachment-size': {
      name: 'Tamaño de los archivos adjuntos',
      what: 'Los archivos adjuntos superan en total {size} MB.',
      mend: 'Reduzca las imágenes o reparta los archivos en varios mensajes.',
    },
    marketing: {
      name: 'Publicidad',
      what: 'El mensaje contiene publicidad, por ejemplo de un descuento, un boletín, otros productos o su tienda.',
      mend: 'Quite la publicidad y escriba solo lo necesario para el pedido o para la pregunta del comprador.',
    },
    'review-manipulation': {
      name: 'Influencia en las opiniones',
      what: 'El mensaje intenta influir en una opinión: pide que sea buena, ofrece algo a cambio, quiere que se cambie o se evite, o la pide otra vez.',
      mend: 'Puede pedir una vez por pedido una opinión sincera, buena o mala, sin ofrecer nada a cambio y sin condiciones.',
    },
    'opt-out-request': {
      name: 'Petición de darse de baja',
      what: 'El mensaje pide al comprador que se dé de baja de los mensajes o que los desactive.',
      mend: 'Quite esa frase, también del pie de su plantilla. Es una decisión que toma solo el comprador.',
    },
    'off-platform': {
      name: 'Trato fuera del marketplace',
      what: 'El mensaje trata de comprar, pagar o reembolsar fuera del marketplace.',
      mend: 'Quite esa parte. La compra, el pago y el reembolso se hacen siempre a través del marketplace.',
    },
    'sensitive-info': {
      name: 'Datos confidenciales',
      what: 'El mensaje da o pide datos confidenciales, como un número de tarjeta o de cuenta, un documento de identidad, una contraseña o un código.',
      mend: 'Quite esos datos y no los pida. El NIF de la empresa y el número de IVA en una factura están permitidos.',
    },
    'needless-message': {
      name: 'Mensaje innecesario',
      what: 'El mensaje solo da las gracias, confirma algo, avisa de que un artículo está agotado o envía un manual que nadie ha pedido.',
      mend: 'Si necesita una decisión o un dato del comprador, pídalo con claridad. Si no, no hace falta escribir.',
    },
    'opted-out': {
      name: 'El comprador no desea mensajes',
      what: 'El comprador no desea recibir mensajes por iniciativa de un vendedor.',
      mend: 'Puede seguir respondiendo siempre que el comprador le escriba, escribir sobre pedidos a medida, hechos a mano o de vino, y enviar lo que sea imprescindible para el pedido con {tag} en el asunto, corchetes incluidos.',
    },
    'proactive-window': {
      name: 'Pedido demasiado antiguo',
      what: 'El pedido se completó hace más de {days} días; pasado ese plazo, un vendedor ya no puede iniciar una conversación.',
      mend: 'Puede responder en cuanto el comprador le escriba. Si es realmente importante para el pedido, ponga {tag} en el asunto, corchetes incluidos.',
    },
    'no-order': {
      name: 'Sin pedido',
      what: 'No hay ningún pedido entre usted y este comprador, por lo que el comprador debe escribir primero.',
      mend: 'Espere a que el comprador le escriba; entonces podrá responder. Una marca en el asunto no lo cambia.',
    },
    identity: {
      name: 'Su nombre o dirección en un archivo',
      what: 'Un archivo le nombra: su nombre completo, su correo o su propia dirección web. Aquí la otra parte no los conoce.',
      mend: 'Quítelos del archivo, o escriba lo importante en el correo, y envíelo de nuevo.',
    },
    malware: {
      name: 'Software malicioso',
      what: 'Un archivo contiene software malicioso, por ejemplo un virus.',
      mend: 'Revise su dispositivo con un antivirus y envíe de nuevo el archivo desde una fuente limpia.',
    },
    other: {
      name: 'Norma del marketplace',
      what: 'Una parte del mensaje va en contra de una norma del marketplace.',
      mend: 'Modifique esa parte. Si no está claro de qué se trata, responda a este correo y pregunte.',
    },
  },
};
