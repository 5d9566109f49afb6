/** What stays of the XML of a Word file (ISO/IEC 29500): what is read and how it looks; not who wrote it, where, when and on which machine. */
import { isHarmless } from '../fields.ts';
import { type Attributes, localName, type Rules } from './xml.ts';

const words = (text: string): ReadonlySet<string> => new Set(text.split(/\s+/));

/** Elements that go with all that is in them: template, mail merge, ids, passwords, objects and data of other programs, who may edit. */
const gone = words(
  `attachedTemplate rsids mailMerge docVars docId writeProtection documentProtection proofState proofErr attachedSchema schemaLibrary
  saveThroughXslt activeWritingStyle smartTagType smartTagPr customXmlPr dataBinding printerSettings externalData OLEObject control altChunk
  subDoc permStart permEnd hlinkClick hlinkHover hlinkMouseOver`,
);
/** Elements that mark what is in them. */
const unwrapped = words('smartTag customXml');
/** Attributes that go: dates, ids of users and of sessions, names of files and their descriptions, targets and tips of links. */
const goneAttributes = words('date dateUtc userId providerId paraId textId descr title alt href tooltip docLocation tgtFrame');
/** Attributes that must be there, and say something else now. */
const neutral: ReadonlyMap<string, string> = new Map([
  ['author', 'Author'],
  ['initials', 'A'],
]);
/** Elements that say what a drawing is called; Word writes the name of the file there. */
const drawings = words('docPr cNvPr');
/** Attributes that refer to another part. */
const references = words('id embed link pict relid dm lo qs cs');
/** Elements that stay without the part that they refer to. */
const without = words('hyperlink blip imagedata fill stroke');

/**
 * For one part.
 * @param missing ids of the parts that it refers to and that do not go with it
 */
export const rulesFor = (missing: ReadonlySet<string>): Rules => ({
  element(name, attributes) {
    const local = localName(name);
    if (gone.has(local)) return 'drop';
    if (unwrapped.has(local)) return 'unwrap';
    const refers = cleanAttributes(local, attributes, missing);
    return refers && !without.has(local) ? 'drop' : 'keep';
  },
  text: (text, inside) => (/^(?:instrText|delInstrText)$/.test(localName(inside)) && !isHarmless(text) ? ' ' : text),
});

/** Whether the element refers to a part that is missing. */
function cleanAttributes(element: string, attributes: Attributes, missing: ReadonlySet<string>): boolean {
  let refers = false;
  for (const [name, value] of attributes) {
    const local = localName(name);
    const isReference = references.has(local) && missing.has(value);
    const put = neutral.get(local);
    refers ||= isReference;
    if (isReference || goneAttributes.has(local) || local.startsWith('rsid')) attributes.delete(name);
    else if (put !== undefined) attributes.set(name, put);
    else if (local === 'name' && drawings.has(element)) attributes.set(name, 'Picture');
    else if (local === 'instr' && !isHarmless(value)) attributes.set(name, '');
  }
  return refers;
}
