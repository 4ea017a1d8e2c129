import type { WsFedResponse } from "../../artifact.ts";
import { quote } from "../../quote.ts";
import { TOKEN } from "../../read/wsfed-paths.ts";
import type { Rule } from "../../rule.ts";
import { formatFaults } from "../assertion/issuer-format.ts";

/** The token names another issuer than the one that is configured for the domain. */
export const issuerMismatch: Rule<WsFedResponse> = {
  id: "wsfed.issuer.mismatch",
  severity: "error",
  title: "issuer is not the trusted one",
  requirements: ["F-58"],
  reference: "SAML 1.1 core §2.3.2, SAML core §2.2.5, Microsoft Graph: internalDomainFederation",
  remedy: "Send the issuerUri that is configured for the domain as Issuer, character by character.",
  about: "message",
  check({ issuer, issuerFormat }, { issuers }) {
    if (issuers.length === 0) return undefined;
    const faults = formatFaults(TOKEN, issuerFormat);
    const trusted =
      issuer !== undefined && issuers.some((each) => each.issuer === undefined || each.issuer === issuer);
    if (trusted) return faults;
    return [
      ...faults,
      { at: `${TOKEN}/@Issuer`, message: `the issuer is ${quote(issuer)}; it is not trusted` },
    ];
  },
};
