import type { ArtifactKind } from "../artifact.ts";
import type { Statement } from "../evidence.ts";
import { AMR_ATTRIBUTE } from "../vocabulary/attribute-amr.ts";
import { eam } from "./eam.ts";
import { entraSaml } from "./entra-saml.ts";
import { entraWsFed } from "./entra-wsfed.ts";
import type { AmrMatcherName, Matcher, MatcherAnswers } from "./matcher.ts";
import { msCmdlet } from "./ms-cmdlet.ts";
import { msMca } from "./ms-mca.ts";
import { partnerConsent } from "./partner-consent.ts";
import { strict } from "./strict.ts";

/** How each known reader of `amr` compares it. Test-PartnerSecurityRequirement. */
export const matchers: Readonly<Record<AmrMatcherName, Matcher>> = {
  strict,
  "ms-cmdlet": msCmdlet,
  "ms-mca": msMca,
  "partner-consent": partnerConsent,
};

/** What the readers have before them. */
export interface Shown {
  readonly artifact: ArtifactKind;
  /** What a reader that checks no signature sees; undefined when there is nothing to see. */
  readonly statements: readonly Statement[] | undefined;
  /** Whether the artifact may be read: Entra checks the signature before it looks for MFA. */
  readonly read: boolean;
}

/** The answer of each reader that can read such an artifact. */
export function answersTo(shown: Shown): MatcherAnswers {
  return { ...amrAnswers(shown), ...entraAnswers(shown) };
}

/** A token always has an `amr`, if only an absent one; a response, only when it has an attribute of that name. */
function amrAnswers({ artifact, statements }: Shown): MatcherAnswers {
  const amr = statements?.find(({ kind, name }) => {
    return kind === "amr" || (kind === "attribute" && name === AMR_ATTRIBUTE);
  });
  if (statements === undefined || (amr === undefined && !artifact.endsWith("-token"))) return {};
  return {
    strict: strict(amr?.value),
    "ms-cmdlet": msCmdlet(amr?.value),
    "ms-mca": msMca(amr?.value),
    "partner-consent": partnerConsent(amr?.value),
  };
}

function entraAnswers({ artifact, statements = [], read }: Shown): MatcherAnswers {
  const believed = read ? statements : [];
  if (artifact === "saml-response") return { "entra-saml": entraSaml(believed) };
  if (artifact === "ws-fed-response") return { "entra-wsfed": entraWsFed(believed) };
  return artifact === "id-token" || artifact === "eam-token" ? { eam: eam(believed) } : {};
}
