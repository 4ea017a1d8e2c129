import {
  discoverProvider,
  eamParameters,
  signInAtProvider,
  type EamOrder,
  type FormFields,
  type ProviderPage,
} from "../../../../harness/entra/eam-client.ts";
import type { EntraStandIn } from "../../../../harness/idp/eam/stand-in.ts";
import type { MockIdp } from "../../../../harness/idp/mock-idp.ts";

/** Every method that Entra lists (Entra's EAM provider reference). */
export const METHODS: readonly string[] = "face fido fpt hwk iris otp pop retina sc sms swk tel vbm".split(
  " ",
);

/** Where the answers of the tests go; nothing listens there. */
export const REDIRECT_URI = "http://127.0.0.1:9/externalauthprovider";

/** A request as Entra makes it after a password. */
export function orderOf(change: Partial<EamOrder> = {}): EamOrder {
  return {
    user: {
      subject: "pairwise-1",
      objectId: "00000000-aaaa-bbbb-cccc-000000000002",
      username: "agent@partner.example",
    },
    redirectUri: REDIRECT_URI,
    nonce: "n-1",
    state: "s-1",
    acrValues: ["possessionorinherence"],
    amrValues: METHODS,
    now: Math.floor(Date.now() / 1000),
    ...change,
  };
}

/** The stand-in that the mock IdP believes. */
export function standIn({ entra }: MockIdp): EntraStandIn {
  if (entra === undefined) throw new Error("this mock IdP verifies hints with other keys");
  return entra;
}

/** Where the mock IdP takes requests, as discovery says it. */
export async function endpointOf({ trust }: MockIdp): Promise<string> {
  return await discoverProvider(`${trust.eamIssuer}/.well-known/openid-configuration`);
}

/** A whole sign-in, with some parameters of the request replaced; undefined takes one away. */
export async function secondFactor(
  idp: MockIdp,
  change: Readonly<Record<string, string | undefined>> = {},
  entered: FormFields = {},
): Promise<ProviderPage> {
  const parameters: Record<string, string> = { ...(await eamParameters(standIn(idp), orderOf())) };
  for (const [name, value] of Object.entries(change)) {
    if (value === undefined) delete parameters[name];
    else parameters[name] = value;
  }
  const chosen = { emission: "eam-password-and-otp", action: "sign-in", ...entered };
  return await signInAtProvider(await endpointOf(idp), parameters, chosen);
}
