import { openTogether } from "../cleanup.ts";
import { HarnessError } from "../errors.ts";
import type { MockIdp } from "../idp/mock-idp.ts";
import { type EamTenant, startEamTenant, type TenantChecks } from "./eam-tenant.ts";
import { type Hub, type HubChecks, startHub } from "./hub.ts";
import type { MfaBehavior } from "./mfa-behavior.ts";

/** Ports of the stand-ins, absent: any free one; and whose MFA counts in the federated domain. */
export interface EntraSettings {
  readonly hub?: number;
  readonly tenant?: number;
  /** Default `enforceMfaByFederatedIdp`: a partner that relies on the MFA of its IdP. */
  readonly mfaBehavior?: MfaBehavior;
  /** What they decide in another way than they should. */
  readonly checks?: { readonly hub?: Partial<HubChecks>; readonly tenant?: Partial<TenantChecks> };
}

/** Both stand-ins for Entra, running against one IdP. Closes with `await using`. */
export interface EntraStandIns extends AsyncDisposable {
  readonly hub: Hub;
  readonly tenant: EamTenant;
}

/**
 * Starts the federated domain and the tenant with an external method against one IdP.
 *
 * @throws HarnessError `ERR_PORT_IN_USE`, or `ERR_CONFIG_INVALID` when the IdP believes only another Entra
 */
export async function startEntra(idp: MockIdp, settings: EntraSettings = {}): Promise<EntraStandIns> {
  const { trust, entra, origin } = idp;
  if (entra === undefined) {
    const hint = "Take eam.entra out of the settings of the mock IdP, so that it believes the stand-in.";
    throw new HarnessError("ERR_CONFIG_INVALID", "the mock IdP takes the hints of another Entra alone", hint);
  }
  const { mfaBehavior = "enforceMfaByFederatedIdp", checks = {} } = settings;
  const { wsFedIssuer: issuer, samlCertificate: certificate } = trust;
  const domain = { issuer, certificate, signInUrl: `${origin}/wsfed`, mfaBehavior };
  const discoveryUrl = `${trust.eamIssuer}/.well-known/openid-configuration`;
  return await openTogether(async (cleanup) => {
    const hub = cleanup.use(await startHub({ domain, port: settings.hub ?? 0, checks: checks.hub ?? {} }));
    const tenant = cleanup.use(
      await startEamTenant({ entra, discoveryUrl, port: settings.tenant ?? 0, checks: checks.tenant ?? {} }),
    );
    const dispose = async (): Promise<void> => await cleanup[Symbol.asyncDispose]();
    return { hub, tenant, [Symbol.asyncDispose]: dispose };
  });
}
