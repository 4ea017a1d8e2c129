import { type Cleanup, openTogether } from "../../cleanup.ts";
import type { MockIdp } from "../../idp/mock-idp.ts";
import { startIdpToHandOver } from "../../idp/start-idp.ts";
import type { IdpTrust } from "../../idp/trust.ts";
import type { Case } from "../../scenario/expand.ts";
import type { AppAddresses } from "../../target/app-addresses.ts";
import { MAX_AUTH_AGE_SECONDS } from "../../partner/access.ts";
import { libraryTarget } from "../../target/library.ts";
import type { Target } from "../../target/target.ts";
import {
  entranceOf,
  externalMethodAddresses,
  federatedDomainAddresses,
  relyingPartyAddresses,
  serviceProviderAddresses,
} from "./addresses.ts";
import { REFERENCE_TARGETS } from "./facts.ts";

/** The mock IdP and the targets around it, running. */
export interface RunningTargets extends AsyncDisposable {
  readonly trust: IdpTrust;
  readonly targets: readonly Target[];
}

/** Starts the mock IdP and, only when a case needs them, the partner apps and the drivers. */
export async function startReferenceTargets(cases: readonly Case[]): Promise<RunningTargets> {
  return await openTogether(async (cleanup) => {
    const idp = cleanup.use(await startIdpToHandOver());
    const targets = await openReferenceTargets(idp, cases, cleanup);
    const dispose = async (): Promise<void> => await cleanup[Symbol.asyncDispose]();
    return { trust: idp.trust, targets, [Symbol.asyncDispose]: dispose };
  });
}

/** Starts what the cases need around a mock IdP that runs; it ends with the cleanup. */
export async function openReferenceTargets(
  idp: MockIdp,
  cases: readonly Case[],
  cleanup: Cleanup,
): Promise<readonly Target[]> {
  const driven = cases.some(({ transport }) => transport !== "direct");
  return [libraryTarget(idp), ...(driven ? await startApps(idp, cleanup) : [])];
}

async function startApps(idp: MockIdp, cleanup: Cleanup): Promise<readonly Target[]> {
  // Loaded late: a run that only hands artifacts over needs none of the partner apps' libraries.
  const [{ startPartners }, { startEntra }, { makeDrivers }, { appTarget }] = await Promise.all([
    import("../../partner/start-partners.ts"),
    import("../../entra/start-entra.ts"),
    import("../../transport/drivers.ts"),
    import("../../target/app.ts"),
  ]);
  const partners = cleanup.use(await startPartners(idp));
  const entra = cleanup.use(await startEntra(idp));
  const drivers = cleanup.use(makeDrivers());
  const origins: Readonly<Record<string, string>> = {
    "relying-party": partners.relyingParty.origin,
    "service-provider": partners.serviceProvider.origin,
    "federated-domain": entra.hub.origin,
    "external-method": entra.tenant.origin,
  };
  const addresses: Readonly<Record<string, AppAddresses>> = {
    "relying-party": relyingPartyAddresses(partners.relyingParty.origin),
    "service-provider": serviceProviderAddresses(partners.serviceProvider),
    "federated-domain": federatedDomainAddresses(entra.hub.origin),
    "external-method": externalMethodAddresses(entra.tenant.origin),
  };
  return REFERENCE_TARGETS.flatMap(({ name, channels }) => {
    const origin = origins[name];
    if (origin === undefined) return [];
    const startUrl = entranceOf(origin);
    const own = { startUrl, addresses: addresses[name] ?? {}, maxAuthAgeSeconds: MAX_AUTH_AGE_SECONDS };
    return [appTarget({ name, channels, ...own, idp, drivers })];
  });
}
