import type { WsFedResponse } from "../../artifact.ts";
import { quote } from "../../quote.ts";
import type { Rule } from "../../rule.ts";
import { wantsMfa } from "../assertion/mfa-statement.ts";
import { mfaStatements, statesMfa } from "./mfa-statements.ts";

/** MFA is stated under a name that is in use but not listed: the user was challenged, and nobody may see it. */
export const mfaMisplaced: Rule<WsFedResponse> = {
  id: "wsfed.mfa.misplaced",
  severity: "advisory",
  title: "MFA is stated where only lenient readers look",
  requirements: ["F-34", "F-35", "F-54"],
  reference: "fact sheet §2.6, §3.3 (INBOUND, ADFS-OLD, DEEPNET, PINGONE)",
  remedy:
    "Use AuthenticationMethod, or AttributeName authenticationmethod in AttributeNamespace http://schemas.microsoft.com/ws/2008/06/identity/claims.",
  about: "evidence",
  visibility: "challenged-but-invisible",
  check(response, policy) {
    if (!wantsMfa(policy)) return undefined;
    const statements = mfaStatements(response, policy);
    if (statesMfa(statements)) return [];
    return statements
      .filter(({ read, known }) => !read && known)
      .map(({ at, place, value }) => {
        return { at, message: `${quote(value)} stands in ${quote(place)}, where MFA is not read` };
      });
  },
};
