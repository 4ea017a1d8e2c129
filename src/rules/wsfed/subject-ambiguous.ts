import type { WsFedName, WsFedResponse } from "../../artifact.ts";
import { quote } from "../../quote.ts";
import { TOKEN } from "../../read/wsfed-paths.ts";
import type { Rule } from "../../rule.ts";
import { UNSPECIFIED_NAME } from "../../vocabulary/wsfed-protocol.ts";

/** What tells one name from another; a Format that is left out is the unspecified one. SAML 1.1 core §2.4.2.2, §7.3. */
function identityOf(name: WsFedName | undefined): string | undefined {
  if (name === undefined) return undefined;
  return JSON.stringify([name.value, name.format ?? UNSPECIFIED_NAME, name.qualifier ?? ""]);
}

/** The statements are about different subjects: one signed in, another one has the attributes. */
export const subjectAmbiguous: Rule<WsFedResponse> = {
  id: "wsfed.subject.ambiguous",
  severity: "error",
  title: "statements are about different subjects",
  requirements: [],
  reference: "SAML 1.1 core §2.4.2",
  remedy:
    "Write the same NameIdentifier, with the same Format and NameQualifier, into the Subject of every statement.",
  about: "message",
  check({ subjects }) {
    const names = new Map(subjects.map(({ name }) => [identityOf(name), name?.value]));
    if (names.size <= 1) return [];
    const found = quote([...names.values()].map((name) => name ?? "nobody"));
    return [{ at: `${TOKEN}//saml:Subject`, message: `the subjects are ${found}; there must be one` }];
  },
};
