import type { CoverageList } from "./coverage-list.ts";
import { fieldReports } from "./requirements/field-reports.ts";

/** Why no scenario can play a failure. */
const LEFT_OUT: Readonly<Record<string, string>> = {
  "F-03":
    "a way past the browser (ECP, PAOS) that this IdP does not have; what it issues there is a password-only answer, as in F-05",
  "F-38": "AD FS itself stops the authentication, so that no answer crosses",
  "F-40": "the person is asked twice and the evidence is right; a test of the IdP sends both parameters",
  "F-46": "a mistake of Entra in its own request; the provider sees nothing of it",
  "F-47": "a policy of the tenant that sends the person to two places; neither answer is wrong",
  "F-48":
    "the refusal is that of Entra at its token endpoint, and no token comes of it; a token without mfa is F-50",
  "F-49":
    "the refusal is that of Entra at its token endpoint, and no token comes of it; a sign-in that is too old is F-57",
  "F-52": "the partner app asks for the wrong thing; whatever an IdP answers is covered elsewhere",
  "F-59": "a fault of whoever calls the API: it shows in the answer of the API, not in a token",
};

/** Real failures of MFA federation, by product. */
export const fieldFailures: CoverageList = {
  name: "failures",
  title: "Failures seen in the field",
  source: "reports of vendors and partners, by product",
  cases: fieldReports.map(({ id, subject, says }) => {
    const leftOut = LEFT_OUT[id];
    return { id, what: `${subject}: ${says}`, ...(leftOut === undefined ? {} : { leftOut }) };
  }),
};
