/** Notices in French. A hard blank stands before a colon, a semicolon, a question mark, and inside the quotes. */
import type { Words } from '../vocabulary.ts';

export const fr: Words = {
  service: 'Service de messagerie',
  quotes: ['«\u00a0', '\u00a0»'],
  tag: '[Important]',
  comma: ', ',
  greeting: 'Bonjour {own},',
  kinds: {
    refused: {
      state: 'Non remis',
      title: 'Non remis\u00a0: {subject}',
      happened: 'Votre message à {other} n’a pas été remis, car il ne respecte pas les règles de la place de marché.',
      rest: 'Aucune partie du message n’a été remise\u00a0: {other} n’en a rien vu.',
      again: 'Modifiez votre message et envoyez-le de nouveau.',
    },
    redacted: {
      state: 'Remis avec des modifications',
      title: 'Remis avec des modifications\u00a0: {subject}',
      happened: 'Votre message à {other} a été remis, mais une partie a dû en être retirée selon les règles de la place de marché.',
      rest: 'Le reste du message a été remis\u00a0; il n’est pas nécessaire de le renvoyer.',
      again: 'S’il manque maintenant quelque chose d’important, envoyez-le sous une autre forme.',
    },
    held: {
      state: 'En attente',
      title: 'En attente\u00a0: {subject}',
      happened: 'Votre message à {other} n’a pas encore été remis. Il est mis en attente jusqu’à ce qu’il ait été vérifié.',
      rest: 'Le message entier est conservé en sécurité\u00a0; pour l’instant, {other} n’en a rien vu.',
      again: 'Vous pouvez simplement attendre, ou modifier votre message et l’envoyer de nouveau.',
    },
  },
  labels: {
    to: 'À\u00a0: ',
    subject: 'Objet\u00a0: ',
    sent: 'Envoyé\u00a0: ',
    words: 'Dans votre message\u00a0: ',
    file: 'Pièce jointe\u00a0: ',
    mend: 'Que faire\u00a0: ',
    reason: 'Motif\u00a0: ',
    trace: 'Référence\u00a0: ',
  },
  headings: { reasons: 'En voici la raison\u00a0:', now: 'Ce que vous pouvez faire maintenant\u00a0:' },
  more: 'et {n} de plus',
  noSubject: '(sans objet)',
  noFilename: '(fichier sans nom)',
  send: 'Répondez à cet e-mail par le seul mot SEND, et votre message sera remis sans les passages indiqués ci-dessus.',
  objection: 'Vous pensez qu’il s’agit d’une erreur\u00a0? Répondez à cet e-mail en expliquant pourquoi, et une personne l’examinera.',
  kept: 'Nous conservons le message pendant {hours} heures\u00a0; ensuite, il est supprimé.',
  digest: {
    title: 'Messages non remis tels quels, {day} ({n})',
    happened: 'En raison des règles de la place de marché, ces messages n’ont pas été remis tels que vous les avez écrits.',
    objection:
      'Vous pensez qu’il y a une erreur\u00a0? Répondez en indiquant la référence et votre explication, et une personne l’examinera.',
  },
  copied: {
    title: 'D’autres que {other} ont reçu votre message',
    happened: 'Votre message à {other} nomme aussi d’autres destinataires dans À ou Cc. De notre part, seul {other} l’a reçu.',
    seen: 'Les autres l’ont reçu directement de votre logiciel de messagerie. Ils voient votre propre adresse et peuvent vous répondre en dehors de la place de marché.',
    mend: 'La prochaine fois, écrivez seulement à l’adresse de {other}. Si d’autres doivent être informés, écrivez-leur un e-mail à part.',
  },
  stranger: {
    title: '{address} est-elle à vous\u00a0?',
    happened:
      'Un e-mail en votre nom est venu de {address}, une boîte que nous ne connaissons pas comme la vôtre. Il est destiné à {other}, qui ne l’a pas vu.',
    approve: 'Répondez APPROVE\u00a0: l’e-mail est remis, et la boîte pourra désormais écrire en votre nom.',
    block: 'Répondez BLOCK\u00a0: l’e-mail est supprimé, et rien de cette boîte n’est accepté en votre nom.',
    page: 'Ou choisissez sur cette page\u00a0: {page}',
    kept: 'Si vous ne faites rien, l’e-mail est supprimé au bout de {hours} heures.',
  },
  bounced: {
    title: 'Non remis\u00a0: votre message à {other}',
    happened: 'Votre message à {other} n’est pas arrivé. Le fournisseur de messagerie de l’autre partie nous l’a renvoyé.',
    question: 'Vous avez une question à ce sujet\u00a0? Répondez à cet e-mail, et une personne l’examinera.',
    reasons: {
      unknown: {
        why: 'La boîte de l’autre partie n’existe plus, ou n’accepte plus de courrier.',
        mend: 'Pour l’instant, renvoyer le message ne sert à rien. La place de marché peut vérifier s’il existe une nouvelle boîte.',
      },
      full: {
        why: 'La boîte de l’autre partie est pleine.',
        mend: 'Renvoyez le message dans un jour ou deux.',
      },
      policy: {
        why: 'Le fournisseur de messagerie de l’autre partie a refusé le message selon ses propres règles, par exemple parce qu’il l’a pris pour du spam.',
        mend: 'Renvoyez-le en d’autres termes, si possible sans pièces jointes ni images.',
      },
      other: {
        why: 'Le fournisseur de messagerie de l’autre partie n’a donné aucune raison que nous comprenions.',
        mend: 'Renvoyez le message plus tard.',
      },
    },
  },
  rules: {
    'contact-email': {
      name: 'Adresse e-mail',
      what: 'Le message contient une adresse e-mail.',
      mend: 'Retirez les adresses e-mail, même écrites en toutes lettres. En répondant aux messages reçus ici, vous êtes toujours lu sans elles.',
    },
    'contact-phone': {
      name: 'Numéro de téléphone',
      what: 'Le message contient un numéro de téléphone.',
      mend: 'Retirez les numéros de téléphone. Seul celui du transporteur, ou du fabricant pour la garantie, est admis\u00a0; précisez à qui il est.',
    },
    'contact-handle': {
      name: 'Contact sur un autre service',
      what: 'Le message indique un contact sur un autre service, comme WhatsApp ou Telegram, ou propose de continuer là-bas.',
      mend: 'Retirez ce passage et poursuivez la conversation ici. Vous pouvez citer un tel service, par exemple comme fonction d’un produit.',
    },
    'external-link': {
      name: 'Lien vers un autre site',
      what: 'Le message contient un lien ou une adresse web hors de la place de marché.',
      mend: 'Retirez-le, ou mettez un lien vers une page de la place de marché. Le suivi de colis sur les sites qu’elle a approuvés est permis.',
    },
    'logo-link': {
      name: 'Image avec un lien',
      what: 'Une image ou un logo du message renvoie vers un site hors de la place de marché.',
      mend: 'Insérez l’image sans lien. Si votre logiciel de messagerie l’ajoute de lui-même, retirez-le de votre modèle.',
    },
    'tracking-pixel': {
      name: 'Contenu chargé depuis internet',
      what: 'Le message charge depuis internet une image ou un autre contenu qui peut révéler quand il est ouvert.',
      mend: 'Insérez directement les images ou joignez-les, et désactivez le suivi des ouvertures dans votre logiciel de messagerie.',
    },
    'attachment-type': {
      name: 'Type de fichier',
      what: 'Un fichier est d’un type qui ne peut pas être envoyé ici. C’est le contenu qui compte, pas le nom.',
      mend: 'Envoyez-le en PDF, Word (doc, docx), image (PNG, JPEG, GIF, WebP, HEIC) ou texte brut, sans mot de passe.',
    },
    'attachment-size': {
      name: 'Taille des pièces jointes',
      what: 'Les pièces jointes dépassent {size}\u00a0Mo au total.',
      mend: 'Réduisez les images ou répartissez les fichiers sur plusieurs messages.',
    },
    marketing: {
      name: 'Publicité',
      what: 'Le message contient de la publicité, par exemple pour une remise, une newsletter, d’autres produits ou votre boutique.',
      mend: 'Retirez la publicité et n’écrivez que ce qui est utile à la commande ou à la question de l’acheteur.',
    },
    'review-manipulation': {
      name: 'Influence sur les avis',
      what: 'Le message cherche à influencer un avis\u00a0: il en demande un bon, offre quelque chose en échange, veut le faire changer ou l’éviter, ou en redemande un.',
      mend: 'Vous pouvez demander une fois par commande un avis sincère, bon ou mauvais, sans rien offrir en échange et sans poser de conditions.',
    },
    'opt-out-request': {
      name: 'Invitation à se désabonner',
      what: 'Le message demande à l’acheteur de se désabonner des messages ou de les désactiver.',
      mend: 'Retirez cette phrase, y compris du pied de page de votre modèle. Ce choix n’appartient qu’à l’acheteur.',
    },
    'off-platform': {
      name: 'Transaction hors de la place de marché',
      what: 'Le message parle d’acheter, de payer ou de rembourser en dehors de la place de marché.',
      mend: 'Retirez ce passage. L’achat, le paiement et le remboursement passent tous par la place de marché.',
    },
    'sensitive-info': {
      name: 'Données confidentielles',
      what: 'Le message donne ou demande des données confidentielles, comme un numéro de carte ou de compte, une pièce d’identité, un mot de passe ou un code.',
      mend: 'Retirez ces données et n’en demandez pas. Les numéros d’entreprise et de TVA sur une facture sont admis.',
    },
    'needless-message': {
      name: 'Message inutile',
      what: 'Le message ne fait que remercier, confirmer, annoncer qu’un article est épuisé ou envoyer une notice que personne n’a demandée.',
      mend: 'Si vous attendez de l’acheteur une décision ou une information, demandez-la clairement. Sinon, il n’est pas nécessaire d’écrire.',
    },
    'opted-out': {
      name: 'L’acheteur ne souhaite pas de messages',
      what: 'L’acheteur ne souhaite pas recevoir de messages envoyés à l’initiative d’un vendeur.',
      mend: 'Vous pouvez toujours répondre quand l’acheteur vous écrit, écrire au sujet de commandes sur mesure, faites main ou de vin, et envoyer ce qui est indispensable à la commande avec {tag} dans l’objet, crochets compris.',
    },
    'proactive-window': {
      name: 'Commande trop ancienne',
      what: 'La commande est terminée depuis plus de {days} jours\u00a0; passé ce délai, un vendeur ne peut plus engager de conversation.',
      mend: 'Vous pouvez répondre dès que l’acheteur vous écrit. Si c’est vraiment important pour la commande, mettez {tag} dans l’objet, crochets compris.',
    },
    'no-order': {
      name: 'Aucune commande',
      what: 'Il n’y a pas de commande entre vous et cet acheteur\u00a0; c’est donc à l’acheteur d’écrire en premier.',
      mend: 'Attendez que l’acheteur vous écrive\u00a0; vous pourrez alors répondre. Une mention dans l’objet n’y change rien.',
    },
    identity: {
      name: 'Votre nom ou adresse dans un fichier',
      what: 'Un fichier vous nomme\u00a0: votre nom complet, votre adresse e-mail ou votre propre site. L’autre partie ne les apprend pas ici.',
      mend: 'Retirez-les du fichier, ou écrivez l’essentiel dans l’e-mail, et renvoyez-le.',
    },
    malware: {
      name: 'Logiciel malveillant',
      what: 'Un fichier contient un logiciel malveillant, par exemple un virus.',
      mend: 'Vérifiez votre appareil avec un antivirus, puis renvoyez le fichier à partir d’une source saine.',
    },
    other: {
      name: 'Règle de la place de marché',
      what: 'Une partie du message est contraire à une règle de la place de marché.',
      mend: 'Modifiez cette partie. Si vous ne voyez pas de quoi il s’agit, répondez à cet e-mail et posez la question.',
    },
  },
};
