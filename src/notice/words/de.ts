/** Notices in German. */
import type { Words } from '../vocabulary.ts';

export const de: Words = {
  service: 'Nachrichtenservice',
  quotes: ['„', '“'],
  tag: '[Wichtig]',
  comma: ', ',
  greeting: 'Guten Tag {own},',
  kinds: {
    refused: {
      state: 'Nicht zugestellt',
      title: 'Nicht zugestellt: {subject}',
      happened: 'Ihre Nachricht an {other} wurde nicht zugestellt, weil sie nicht zu den Regeln des Marktplatzes passt.',
      rest: 'Von der Nachricht wurde nichts zugestellt; {other} hat nichts davon gesehen.',
      again: 'Ändern Sie Ihre Nachricht und senden Sie sie noch einmal.',
    },
    redacted: {
      state: 'Mit Änderungen zugestellt',
      title: 'Mit Änderungen zugestellt: {subject}',
      happened: 'Ihre Nachricht an {other} wurde zugestellt, aber nach den Regeln des Marktplatzes musste etwas davon wegbleiben.',
      rest: 'Der Rest der Nachricht wurde zugestellt; Sie müssen sie nicht noch einmal senden.',
      again: 'Wenn jetzt etwas Wichtiges fehlt, senden Sie es in anderer Form.',
    },
    held: {
      state: 'Angehalten',
      title: 'Angehalten: {subject}',
      happened: 'Ihre Nachricht an {other} wurde noch nicht zugestellt. Sie wird angehalten, bis sie geprüft ist.',
      rest: 'Die ganze Nachricht ist sicher aufbewahrt; {other} hat bisher nichts davon gesehen.',
      again: 'Sie können einfach abwarten oder Ihre Nachricht ändern und noch einmal senden.',
    },
  },
  labels: {
    to: 'An: ',
    subject: 'Betreff: ',
    sent: 'Gesendet: ',
    words: 'In Ihrer Nachricht: ',
    file: 'Anhang: ',
    mend: 'Was Sie tun können: ',
    reason: 'Grund: ',
    trace: 'Kennung: ',
  },
  headings: { reasons: 'Der Grund:', now: 'So geht es weiter:' },
  more: 'und {n} weitere',
  noSubject: '(ohne Betreff)',
  noFilename: '(ohne Dateinamen)',
  send: 'Antworten Sie auf diese E-Mail nur mit dem Wort SEND, dann wird Ihre Nachricht ohne die oben genannten Stellen zugestellt.',
  objection:
    'Sie halten das für einen Irrtum? Antworten Sie auf diese E-Mail mit Ihrer Begründung, dann sieht sich jemand persönlich den Fall an.',
  kept: 'Wir bewahren die Nachricht {hours} Stunden lang auf; danach wird sie gelöscht.',
  digest: {
    title: 'Nicht wie geschrieben zugestellte Nachrichten, {day} ({n})',
    happened: 'Diese Nachrichten von Ihnen wurden wegen der Regeln des Marktplatzes nicht so zugestellt, wie Sie sie geschrieben haben.',
    objection:
      'Sie halten etwas davon für einen Irrtum? Antworten Sie mit der Kennung und Ihrer Begründung, dann sieht sich jemand persönlich den Fall an.',
  },
  copied: {
    title: 'Nicht nur {other} hat Ihre Nachricht bekommen',
    happened: 'Ihre Nachricht an {other} nennt in An oder Cc noch weitere Empfänger. Von uns hat nur {other} sie bekommen.',
    seen: 'Die anderen haben sie direkt von Ihrem eigenen Mailprogramm erhalten. Sie sehen Ihre eigene Adresse und können Ihnen am Marktplatz vorbei antworten.',
    mend: 'Schreiben Sie beim nächsten Mal nur an die Adresse von {other}. Wenn andere Bescheid wissen müssen, schreiben Sie ihnen eine eigene E-Mail.',
  },
  stranger: {
    title: 'Gehört {address} Ihnen?',
    happened:
      'Von {address} kam in Ihrem Namen eine E-Mail. Dieses Postfach kennen wir nicht als Ihres. Sie ist für {other} bestimmt und noch nicht zugestellt.',
    approve: 'Antworten Sie mit APPROVE: Die E-Mail wird zugestellt, und das Postfach darf ab jetzt in Ihrem Namen schreiben.',
    block: 'Antworten Sie mit BLOCK: Die E-Mail wird gelöscht, und von diesem Postfach wird in Ihrem Namen nichts angenommen.',
    page: 'Oder wählen Sie auf dieser Seite: {page}',
    kept: 'Wenn Sie nichts tun, wird die E-Mail nach {hours} Stunden gelöscht.',
  },
  bounced: {
    title: 'Nicht zugestellt: Ihre Nachricht an {other}',
    happened: 'Ihre Nachricht an {other} ist nicht angekommen. Der E-Mail-Anbieter der anderen Seite hat sie an uns zurückgeschickt.',
    question: 'Sie haben eine Frage dazu? Antworten Sie auf diese E-Mail, dann sieht sich jemand persönlich den Fall an.',
    reasons: {
      unknown: {
        why: 'Das Postfach der anderen Seite gibt es nicht mehr, oder es nimmt keine E-Mails mehr an.',
        mend: 'Die Nachricht noch einmal zu senden hilft zurzeit nicht. Der Marktplatz kann klären, ob es ein neues Postfach gibt.',
      },
      full: {
        why: 'Das Postfach der anderen Seite ist voll.',
        mend: 'Senden Sie die Nachricht in ein, zwei Tagen noch einmal.',
      },
      policy: {
        why: 'Der E-Mail-Anbieter der anderen Seite hat die Nachricht nach seinen eigenen Regeln abgelehnt, zum Beispiel weil er sie für Spam hielt.',
        mend: 'Senden Sie sie mit anderen Worten noch einmal, möglichst ohne Anhänge und Bilder.',
      },
      other: {
        why: 'Der E-Mail-Anbieter der anderen Seite hat keinen Grund genannt, den wir verstehen.',
        mend: 'Senden Sie die Nachricht später noch einmal.',
      },
    },
  },
  rules: {
    'contact-email': {
      name: 'E-Mail-Adresse',
      what: 'Die Nachricht enthält eine E-Mail-Adresse.',
      mend: 'Lassen Sie E-Mail-Adressen weg, auch in Worten ausgeschriebene. Eine Antwort auf die Nachrichten hier kommt immer ohne sie an.',
    },
    'contact-phone': {
      name: 'Telefonnummer',
      what: 'Die Nachricht enthält eine Telefonnummer.',
      mend: 'Lassen Sie Telefonnummern weg. Erlaubt ist nur die Hotline des Paketdienstes oder, im Garantiefall, die des Herstellers; schreiben Sie dazu, wessen Nummer es ist.',
    },
    'contact-handle': {
      name: 'Kontakt auf einem anderen Dienst',
      what: 'Die Nachricht nennt einen Kontakt auf einem anderen Dienst wie WhatsApp oder Telegram oder bittet darum, dort weiterzuschreiben.',
      mend: 'Lassen Sie das weg und bleiben Sie mit dem Gespräch hier. Erwähnen dürfen Sie solche Dienste, etwa als Funktion eines Produkts.',
    },
    'external-link': {
      name: 'Link zu einer anderen Website',
      what: 'Die Nachricht enthält einen Link oder eine Webadresse außerhalb des Marktplatzes.',
      mend: 'Entfernen Sie die Adresse oder verlinken Sie eine Seite des Marktplatzes. Sendungsverfolgung auf zugelassenen Seiten ist erlaubt.',
    },
    'logo-link': {
      name: 'Bild mit Link',
      what: 'Ein Bild oder Logo in der Nachricht ist mit einer Seite außerhalb des Marktplatzes verlinkt.',
      mend: 'Fügen Sie das Bild ohne Link ein. Wenn Ihr Mailprogramm den Link selbst setzt, nehmen Sie ihn aus der Vorlage.',
    },
    'tracking-pixel': {
      name: 'Aus dem Internet geladener Inhalt',
      what: 'Die Nachricht lädt ein Bild oder anderen Inhalt aus dem Internet und kann so verraten, wann sie geöffnet wird.',
      mend: 'Fügen Sie Bilder direkt ein oder hängen Sie sie an, und schalten Sie in Ihrem Mailprogramm das Öffnungs-Tracking ab.',
    },
    'attachment-type': {
      name: 'Dateityp',
      what: 'Eine Datei ist von einem Typ, der hier nicht gesendet werden kann. Es zählt der Inhalt, nicht der Name.',
      mend: 'Senden Sie sie als PDF, Word (doc, docx), Bild (PNG, JPEG, GIF, WebP, HEIC) oder reinen Text, ohne Passwort.',
    },
    'attachment-size': {
      name: 'Größe der Anhänge',
      what: 'Die Anhänge sind zusammen größer als {size} MB.',
      mend: 'Verkleinern Sie die Bilder oder verteilen Sie die Dateien auf mehrere Nachrichten.',
    },
    marketing: {
      name: 'Werbung',
      what: 'Die Nachricht enthält Werbung, zum Beispiel für einen Rabatt, einen Newsletter, andere Produkte oder Ihren Shop.',
      mend: 'Lassen Sie die Werbung weg und schreiben Sie nur, was für die Bestellung oder die Frage des Käufers nötig ist.',
    },
    'review-manipulation': {
      name: 'Einfluss auf Bewertungen',
      what: 'Die Nachricht will eine Bewertung beeinflussen: Sie bittet um eine gute, bietet etwas dafür will eine ändern oder verhindern, oder bittet noch einmal darum.',
      mend: 'Sie dürfen je Bestellung einmal um eine ehrliche Bewertung bitten, ob gut oder schlecht, ohne Gegenleistung und ohne Bedingungen.',
    },
    'opt-out-request': {
      name: 'Aufforderung zum Abbestellen',
      what: 'Die Nachricht fordert den Käufer auf, Nachrichten abzubestellen oder abzuschalten.',
      mend: 'Lassen Sie diesen Satz weg, auch in der Fußzeile Ihrer Vorlage. Darüber entscheiden Käufer selbst.',
    },
    'off-platform': {
      name: 'Geschäft außerhalb des Marktplatzes',
      what: 'In der Nachricht geht es um Kauf, Zahlung oder Erstattung außerhalb des Marktplatzes.',
      mend: 'Lassen Sie das weg. Kauf, Zahlung und Erstattung laufen über den Marktplatz.',
    },
    'sensitive-info': {
      name: 'Vertrauliche Daten',
      what: 'Die Nachricht nennt oder verlangt vertrauliche Daten wie eine Karten- oder Kontonummer, einen Ausweis, ein Passwort oder einen Code.',
      mend: 'Lassen Sie solche Daten weg und fragen Sie nicht danach. Firmen- und Umsatzsteuernummern auf einer Rechnung sind erlaubt.',
    },
    'needless-message': {
      name: 'Unnötige Nachricht',
      what: 'Die Nachricht sagt nur danke, bestätigt etwas, meldet einen Artikel als ausverkauft oder schickt eine Anleitung, um die niemand gebeten hat.',
      mend: 'Wenn Sie vom Käufer eine Entscheidung oder Angabe brauchen, fragen Sie klar danach. Sonst brauchen Sie nicht zu schreiben.',
    },
    'opted-out': {
      name: 'Käufer möchte keine Nachrichten',
      what: 'Der Käufer möchte keine Nachrichten, mit denen ein Verkäufer das Gespräch beginnt.',
      mend: 'Sie dürfen weiterhin antworten, wenn der Käufer Ihnen schreibt, zu Bestellungen von Maßanfertigungen, Handgemachtem oder Wein schreiben und senden, was für die Bestellung unbedingt nötig ist, mit {tag} im Betreff, samt den eckigen Klammern.',
    },
    'proactive-window': {
      name: 'Bestellung zu lange her',
      what: 'Die Bestellung ist seit mehr als {days} Tagen abgeschlossen, und danach dürfen Verkäufer kein Gespräch mehr beginnen.',
      mend: 'Sobald der Käufer Ihnen schreibt, dürfen Sie antworten. Ist es für die Bestellung wirklich wichtig, setzen Sie {tag} in den Betreff, samt den eckigen Klammern.',
    },
    'no-order': {
      name: 'Keine Bestellung',
      what: 'Zwischen Ihnen und diesem Käufer gibt es keine Bestellung; deshalb muss der Käufer zuerst schreiben.',
      mend: 'Warten Sie, bis der Käufer Ihnen schreibt; dann dürfen Sie antworten. Ein Zusatz im Betreff ändert daran nichts.',
    },
    identity: {
      name: 'Ihr Name oder Ihre Adresse in einer Datei',
      what: 'Eine Datei nennt Sie: Ihren vollen Namen, Ihre E-Mail-Adresse oder Ihre eigene Webadresse. Die andere Seite erfährt diese hier nicht.',
      mend: 'Nehmen Sie sie aus der Datei heraus, oder schreiben Sie das Wichtige in die E-Mail, und senden Sie sie noch einmal.',
    },
    malware: {
      name: 'Schadsoftware',
      what: 'Eine Datei enthält Schadsoftware, zum Beispiel einen Virus.',
      mend: 'Prüfen Sie Ihr Gerät mit einem Virenscanner und senden Sie die Datei aus einer sauberen Quelle neu.',
    },
    other: {
      name: 'Regel des Marktplatzes',
      what: 'Ein Teil der Nachricht verstößt gegen eine Regel des Marktplatzes.',
      mend: 'Ändern Sie diesen Teil. Wenn unklar ist, was gemeint ist, antworten Sie auf diese E-Mail und fragen Sie nach.',
    },
  },
};
