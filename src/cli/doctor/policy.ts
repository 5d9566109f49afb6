/** Can the policy and its phrases be read? The relay does not start where they cannot. */
import { loadPolicy } from '../../config/policy-file.ts';
import { type Check, codeOf, ok, problem } from './check.ts';

export const policy: Check = {
  name: 'policy',
  async look({ settings: { policyFile, relayDomains } }) {
    try {
      const { phrases, languages } = loadPolicy(policyFile, relayDomains);
      return [ok(`read, with ${phrases.files} phrase files for ${languages.length} languages`)];
    } catch (error) {
      if (error instanceof Error && 'problems' in error && Array.isArray(error.problems))
        return error.problems.map((one) => problem(String(one), 'see POLICY_FILE, and phrases/ beside it'));
      return [problem(`POLICY_FILE cannot be read (${codeOf(error)})`, 'see POLICY_FILE, and phrases/ beside it')];
    }
  },
};
