import fc from 'fast-check';
import { fileType } from '../../src/mime/filetype.ts';
import { attachmentsOf } from '../../src/rewrite/attachments.ts';
import { needlesOf } from '../../src/rewrite/mask.ts';
import { cleaned, fixture, nothingToRedact, refusal, relayed, traces } from './metadata/fixtures.ts';
import { toSeller } from './parties.ts';

const pictures = ['photo.jpg', 'print.jpg', 'photo.png', 'moving.gif', 'photo.webp', 'photo.heic'];
const documents = ['form.pdf', 'label.pdf', 'form.docx', 'form.doc'];

describe.each([...pictures, ...documents])('%s', (name) => {
  test('says who made it, and says it no more', () => {
    const content = fixture(name);
    expect(traces(content).length).toBeGreaterThan(0);
    expect(traces(cleaned(content))).toEqual([]);
  });

  test('stays what it is, and once cleaned it stays as it is', () => {
    const once = cleaned(fixture(name));
    expect(fileType(once)).toBe(fileType(fixture(name)));
    expect(cleaned(once)).toEqual(once);
  });

  test('loses what stands behind it', () => {
    const content = fixture(name);
    const longer = Buffer.concat([content, Buffer.from('PK\x03\x04 <script> Hanna Lindqvist')]);
    expect(traces(cleaned(longer))).toEqual([]);
  });

  test('damaged in any way it is cleaned or taken out, and never stops us', () => {
    const content = fixture(name);
    const change = fc.tuple(fc.nat(content.length - 1), fc.integer({ min: 0, max: 255 }));
    fc.assert(
      fc.property(fc.array(change, { maxLength: 8 }), fc.nat(content.length), (changes, cut) => {
        const damaged = Buffer.from(content.subarray(0, cut < 8 ? content.length : cut));
        for (const [at, byte] of changes) if (at < damaged.length) damaged[at] = byte;
        const { kept, notes } = attachmentsOf(
          [{ filename: '', declaredType: '', type: fileType(content), content: damaged }],
          nothingToRedact,
          'en',
        );
        expect(kept.length + notes.length).toBe(1);
      }),
      { numRuns: 60 },
    );
  });
});

test.each(['jpeg', 'png', 'gif', 'webp', 'heic', 'pdf', 'doc', 'docx', 'txt'])('any bytes as %s are cleaned or taken out', (type) => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 2_000 }), (content) => {
      const { kept, notes } = attachmentsOf([{ filename: '', declaredType: '', type, content }], nothingToRedact, 'en');
      expect(kept.length + notes.length).toBe(1);
    }),
  );
});

test('a file gets a name that says nothing', () => {
  const name = 'C:\\Users\\Hanna Lindqvist\\hanna.lindqvist@mailer.example.pdf';
  const pdf = { filename: name, declaredType: 'application/pdf', type: 'pdf', content: fixture('label.pdf') };
  const jpeg = { filename: name, declaredType: 'text/plain', type: 'jpeg', content: fixture('photo.jpg') };
  const { kept } = attachmentsOf([pdf, jpeg], nothingToRedact, 'en');
  expect(kept.map((file) => [file.name, file.type])).toEqual([
    ['attachment-1.pdf', 'application/pdf'],
    ['picture-1.jpg', 'image/jpeg'],
  ]);
});

test('a reader learns why a file stayed behind, in the own language', () => {
  const sealed = { filename: 'x', declaredType: '', type: 'pdf', content: fixture('sealed.pdf') };
  const note = (language: 'en' | 'de' | 'it' | 'sv' | 'zh' | 'id' | 'es' | 'fr') =>
    attachmentsOf([sealed], nothingToRedact, language).notes[0];
  expect(note('en')).toBe('[attachment removed: attachment-1.pdf: it is encrypted or needs a password]');
  expect(note('de')).toBe('[Anhang entfernt: attachment-1.pdf: die Datei ist verschlüsselt oder mit einem Passwort geschützt]');
  expect(new Set((['en', 'de', 'it', 'sv', 'zh', 'id', 'es', 'fr'] as const).map(note)).size).toBe(8);
});

describe('text files', () => {
  const write = (text: string, encoding: BufferEncoding) => cleaned(Buffer.from(text, encoding)).toString(encoding);

  test.each(['utf8', 'utf16le', 'latin1'] as const)('in %s lose names and mailboxes, and keep the rest', (encoding) => {
    const text = `${encoding === 'utf16le' ? '\ufeff' : ''}Grüße an Hanna Lindqvist, hanna.lindqvist@mailer.example!`;
    const out = cleaned(Buffer.from(text, encoding));
    const shown = encoding === 'latin1' ? out.toString('latin1') : out.toString('utf8');
    expect(shown).toContain('Grüße an Hanna L.');
    expect(shown).not.toMatch(/lindqvist|mailer/i);
  });

  test.each([
    ['王小明', '小明', 'c4fabac3a3acced2cac7cdf5d0a1c3f7a3acd0bbd0bb', '您好，我是小明，谢谢'],
    ['Анна Каренина', 'Анна К.', 'cff0e8e2e5f22c20fdf2ee20c0edede020cae0f0e5ede8ede0', 'Привет, это Анна К.'],
  ])('in a charset that nobody tells lose the name %s', (name, shown, hex, expected) => {
    const author = { ...toSeller.author, name, face: { ...toSeller.author.face, name: shown } };
    const redactions = { ...nothingToRedact, needles: needlesOf({ ...toSeller, author }) };
    const { kept } = attachmentsOf([{ filename: '', declaredType: '', type: 'txt', content: Buffer.from(hex, 'hex') }], redactions, 'en');
    const text = Buffer.from(kept[0]?.content ?? []).toString();
    expect(text).toContain(expected);
    expect(text).not.toContain(name);
  });

  test('that name nobody stay byte for byte', () => {
    expect(write('Gr\xfc\xdfe', 'latin1')).toBe('Gr\xfc\xdfe');
    expect(cleaned(Buffer.from('c7ebcef3bbd8b8b4', 'hex'))).toEqual(Buffer.from('c7ebcef3bbd8b8b4', 'hex'));
  });
});

test('a picture with a page behind it, and a picture that is a page', () => {
  const photo = fixture('photo.jpg');
  expect(cleaned(Buffer.concat([photo, fixture('form.docx'), fixture('label.pdf')])).length).toBeLessThan(4_000);
  expect(refusal(Buffer.from('\xff\xd8\xff<html><script>alert(1)</script>', 'latin1'))).toBe('the file is damaged');
  const pdf = Buffer.concat([Buffer.from('\n \n'), fixture('label.pdf')]);
  expect(cleaned(pdf).subarray(0, 5).toString()).toBe('%PDF-');
  expect(relayed(Buffer.concat([Buffer.from('MZ'), fixture('label.pdf')])).kept[0]?.type).toBe('application/octet-stream');
});
