import type { Emission } from "../../emission/emission.ts";
import { type SamlFailure, samlFailure, type SamlSignIn } from "../../emission/profiles/saml.ts";
import { emitSamlResponse, samlResponseOf } from "../../emission/saml/response.ts";
import { signSamlResponse } from "../../emission/saml/signature.ts";
import { signedNameOf } from "../../emission/saml/signed-name.ts";
import { samlResponseXml } from "../../emission/saml/xml.ts";
import type { IssuedArtifact } from "../issued.ts";
import type { SamlCredentials } from "./credentials.ts";

/** What the mock IdP can answer a sign-in with. */
export interface SamlAnswers {
  /** A response as the emission says it. */
  readonly emit: (emission: Emission, signIn: SamlSignIn) => Promise<IssuedArtifact>;
  /** A good, signed response that says why there is no assertion. */
  readonly fail: (reason: SamlFailure, signIn: SamlSignIn) => Promise<IssuedArtifact>;
}

function issued({ acs, requestId, user, audience, now }: SamlSignIn, artifact: string): IssuedArtifact {
  return {
    channel: "saml",
    artifact,
    user,
    audience,
    ...(requestId === undefined ? {} : { requestId }),
    ...(acs === undefined ? {} : { assertionConsumerService: acs }),
    at: now,
  };
}

/** Makes the answers of one mock IdP, signed with its credentials. */
export function makeSamlAnswers({ signer }: SamlCredentials): SamlAnswers {
  return {
    emit: async (emission, signIn) => {
      const made = issued(signIn, await emitSamlResponse(emission, signIn, await signer(emission.key)));
      const signedName = signedNameOf(samlResponseOf(emission, signIn));
      return signedName === undefined || signedName === signIn.user ? made : { ...made, signedName };
    },
    fail: async (reason, signIn) => {
      const model = samlFailure(reason, signIn);
      const xml = samlResponseXml(model);
      return issued(signIn, await signSamlResponse(xml, model, await signer("published")));
    },
  };
}
