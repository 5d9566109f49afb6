/** What the doctor says of secrets that stand in files of their own. */
import { secrets } from '../../../src/cli/doctor/secrets.ts';
import { type Folder, makeFolder } from './deployment.ts';

let folder: Folder;
beforeEach(() => {
  folder = makeFolder();
});
afterEach(() => folder[Symbol.dispose]());

test('one that everybody can read is a problem; its owner, or a group, is none', async () => {
  for (const [mode, expected] of [
    [0o644, /^problem everybody .* can read ".*api_token.420", which holds a secret -> chmod 600 /],
    [0o640, /^ok long enough/],
    [0o600, /^ok long enough/],
  ] as const) {
    folder.put(`api_token.${mode}`, 'a-token-of-some-length-0\n', mode);
    const said = await folder.says(secrets, { API_TOKEN: '', API_TOKEN_FILE: `api_token.${mode}` });
    expect(said).toEqual([expect.stringMatching(expected)]);
  }
});
