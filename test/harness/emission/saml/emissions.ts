import { type Emission, emissionSchema } from "../../../../harness/emission/emission.ts";
import { makeEmissionKeys } from "../../../../harness/emission/keys/keys.ts";
import { emitSamlResponse } from "../../../../harness/emission/saml/response.ts";
import type { XmlSigner } from "../../../../harness/emission/xml/signer.ts";
import { makeSamlCredentials, type SamlCredentials } from "../../../../harness/idp/saml/credentials.ts";

/** Who signs in wherever one of these responses is made. */
export const USER = "agent@partner.example";

/** What makes responses, and what a consumer has to know to verify them. */
export interface Emitter {
  readonly certificate: string;
  readonly signer: (key: Emission["key"]) => Promise<XmlSigner>;
  readonly emit: (changes: object) => Promise<string>;
}

/** Makes an emitter with keys of its own. */
export async function makeEmitter(): Promise<Emitter> {
  const now = Math.floor(Date.now() / 1000);
  const credentials: SamlCredentials = makeSamlCredentials(makeEmissionKeys(), () => now);
  const signIn = {
    issuer: "http://127.0.0.1:1/saml/metadata",
    user: USER,
    audience: "http://127.0.0.1:2/sp",
    acs: "http://127.0.0.1:2/acs",
    requestId: "_request",
    now,
  };
  return {
    certificate: await credentials.certificate(),
    signer: credentials.signer,
    emit: async (changes) => {
      const emission = emissionSchema.parse({ channel: "saml", profile: "password-only", ...changes });
      return await emitSamlResponse(emission, signIn, await credentials.signer(emission.key));
    },
  };
}

/** A patch that sets how the response is signed. */
export function signedBy(member: string, value: unknown): object {
  return { op: "set", path: `/samlResponse/signature/${member}`, value };
}
