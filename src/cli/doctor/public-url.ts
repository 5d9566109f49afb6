/** Do the pages answer where the links in our mail lead to? */
import { type Check, codeOf, ok, problem, skipped, warning } from './check.ts';

export const publicUrl: Check = {
  name: 'public url',
  async look({ settings }, signal) {
    const { publicUrl: url } = settings;
    if (url === undefined) return [skipped('PUBLIC_URL is not set: links write a mail instead, and opting out takes two clicks')];
    try {
      const response = await fetch(`${url}/`, { signal, redirect: 'manual' });
      const body = (await response.json().catch(() => ({}))) as { readonly name?: unknown };
      if (body.name === 'postern')
        return [
          url.startsWith('https:')
            ? ok(`the relay answers at ${url}`)
            : warning(`the relay answers at ${url}, on this machine alone`, 'set an https:// URL'),
        ];
      return [
        problem(
          `something else answers at ${url} (status ${response.status})`,
          'pass its requests on to HTTP_LISTEN, or change PUBLIC_URL',
        ),
      ];
    } catch (error) {
      return [problem(`nothing answers at ${url} (${codeOf(error)})`, 'pass its requests on to HTTP_LISTEN: links in mail lead there')];
    }
  },
};
