import type { WsFedResponse } from "../../artifact.ts";
import { quote } from "../../quote.ts";
import { TOKEN } from "../../read/wsfed-paths.ts";
import type { Rule } from "../../rule.ts";

/** The statements are about different subjects: one signed in, another one has the attributes. */
export const subjectAmbiguous: Rule<WsFedResponse> = {
  id: "wsfed.subject.ambiguous",
  severity: "error",
  title: "statements are about different subjects",
  requirements: [],
  reference: "SAML 1.1 core §2.4.2",
  remedy: "Write the same NameIdentifier into the Subject of every statement.",
  about: "message",
  check({ subjects }) {
    if (subjects.length <= 1) return [];
    return [
      { at: `${TOKEN}//saml:Subject`, message: `the subjects are ${quote(subjects)}; there must be one` },
    ];
  },
};
