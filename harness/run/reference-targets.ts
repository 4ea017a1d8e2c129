import { type Cleanup, openTogether } from "../cleanup.ts";
import type { Channel } from "../emission/channels.ts";
import type { IdpTrust, MockIdp } from "../idp/mock-idp.ts";
import { startIdp } from "../idp/start-idp.ts";
import type { Case } from "../scenario/expand.ts";
import type { AppAddresses } from "../target/app-addresses.ts";
import { libraryTarget } from "../target/library.ts";
import type { Target } from "../target/target.ts";
import {
  externalMethodAddresses,
  federatedDomainAddresses,
  relyingPartyAddresses,
  serviceProviderAddresses,
} from "./reference-addresses.ts";
import { REFERENCE_TARGETS } from "./reference-facts.ts";

/** The mock IdP and the targets around it, running. */
export interface RunningTargets extends AsyncDisposable {
  readonly trust: IdpTrust;
  readonly targets: readonly Target[];
}

/** Starts the mock IdP and, only when a case needs them, the partner apps and the drivers. */
export async function startReferenceTargets(cases: readonly Case[]): Promise<RunningTargets> {
  return await openTogether(async (cleanup) => {
    const idp = cleanup.use(await startIdp());
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
    import("../partner/start-partners.ts"),
    import("../entra/start-entra.ts"),
    import("../transport/drivers.ts"),
    import("../target/app.ts"),
  ]);
  const partners = cleanup.use(await startPartners(idp));
  const entra = cleanup.use(await startEntra(idp));
  const drivers = cleanup.use(makeDrivers());
  const pages: Readonly<Record<string, string>> = {
    oidc: "/portal",
    "partner-api": "/customers",
    saml: "/portal",
    wsfed: "/portal",
    eam: "/portal",
  };
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
  return REFERENCE_TARGETS.filter(({ name }) => name in origins).map(({ name, channels }) => {
    const startUrl = (channel: Channel, user: string): string => {
      const url = new URL(pages[channel] ?? "/portal", origins[name]);
      // The external method is only the second factor: who signs in is known before it is asked.
      if (channel === "eam") url.searchParams.set("user", user);
      return url.href;
    };
    return appTarget({ name, channels, startUrl, addresses: addresses[name] ?? {}, idp, drivers });
  });
}
