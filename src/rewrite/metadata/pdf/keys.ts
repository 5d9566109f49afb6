/** Which entries of a PDF's dictionaries may leave (ISO 32000-2), by what the dictionary is. */

/**
 * `catalog`, `pages`, `page`, `annotation` (with fields of forms, which are often the same objects), `form`: known by heart, and only what is
 * listed stays. `other`: what pages are made of, and outlines; what tells about authors goes.
 */
export type Role = 'catalog' | 'names' | 'pages' | 'page' | 'annotation' | 'form' | 'other';

const words = (text: string): ReadonlySet<string> => new Set(text.split(/\s+/));

const stays: Readonly<Record<Exclude<Role, 'other'>, ReadonlySet<string>>> = {
  catalog: words(
    `Type Version Pages AcroForm Names Dests PageLabels ViewerPreferences PageLayout PageMode Outlines Lang MarkInfo StructTreeRoot
    OCProperties`,
  ),
  names: words('Dests'),
  pages: words('Type Kids Count Parent Resources MediaBox CropBox Rotate'),
  page: words(
    'Type Parent Resources MediaBox CropBox BleedBox TrimBox ArtBox Contents Rotate Group Annots StructParents Tabs UserUnit Dur Trans',
  ),
  annotation: words(
    `Type Subtype Rect Contents P AP AS Border BS BE C CA ca IC F H Dest A QuadPoints L LE LL LLE Cap Vertices InkList Open Name Popup Parent
    IT Q DA DS RD CL MK OC StructParent BM Lang FT Ff T TU V DV MaxLen Opt TI I Kids`,
  ),
  form: words('Fields NeedAppearances DA DR Q'),
};

const goes = words(
  `Metadata PieceInfo LastModified AA AF EF Thumb Info Author Creator Producer Subject Keywords CreationDate ModDate M NM Private OPI Ref
  PtData Measure JS JavaScript EmbeddedFiles OpenAction URI XFA FFilter FDecodeParms UserProperties Perms DSS Legal`,
);

export const mayStay = (role: Role, key: string): boolean => (role === 'other' ? !goes.has(key) : stays[role].has(key));

/** Under these keys strings are shown to the reader, or needed to find or draw something; all other strings go. */
const shown = words(
  `Title Contents T TU V DV DA DS Opt Lang Alt ActualText E Registry Ordering D Dest Dests Names Limits Nums P Name CharSet Style FontFamily
  CA RC AC Lookup`,
);

export const mayHoldWords = (key: string): boolean => shown.has(key);

/** Actions that run a program, or play what another program must show (section 12.6.4). */
export const programs = words('JavaScript Launch Rendition Movie Sound RichMediaExecute GoTo3DView GoToE ImportData');

/** Annotations that are or hold such (section 12.5.6). */
export const playing = words('RichMedia Screen Movie Sound 3D');

/** Actions that stay inside the document. */
export const inside = words('GoTo Named');
