import { type Cleanup, openTogether } from "../../cleanup.ts";
import { startEntra } from "../../entra/start-entra.ts";
import type { MockIdp } from "../../idp/mock-idp.ts";
import { MAX_AUTH_AGE_SECONDS } from "../../partner/access.ts";
import type { Variant } from "../../partner/flawed/flaw.ts";
import { openPartnerCenter, openRelyingParty, openServiceProvider } from "../../partner/start-partners.ts";
import type { AppAddresses } from "../../target/app-addresses.ts";
import { appTarget } from "../../target/app.ts";
import type { Target } from "../../target/target.ts";
import type { Drivers } from "../../transport/drivers.ts";
import {
  entranceOf,
  externalMethodAddresses,
  federatedDomainAddresses,
  relyingPartyAddresses,
  serviceProviderAddresses,
} from "./addresses.ts";

/** What the apps of one run share. */
export interface Ground {
  readonly idp: MockIdp;
  readonly drivers: Drivers;
}

/** A variant of a reference app, running. */
export interface RunningApp extends AsyncDisposable {
  readonly target: Target;
}

/** Where an app is, and what steps other than a sign-in need. */
interface Place {
  readonly origin: string;
  readonly addresses: AppAddresses;
}

async function openRelyingPartyVariant(
  variant: Extract<Variant, { channel: "oidc" | "partner-api" }>,
  idp: MockIdp,
  cleanup: Cleanup,
): Promise<Place> {
  const partnerCenter = cleanup.use(
    await openPartnerCenter(idp, variant.channel === "oidc" ? {} : { checks: variant.checks() }),
  );
  const { origin } = cleanup.use(
    await openRelyingParty(
      idp,
      partnerCenter.origin,
      variant.channel === "oidc" ? { checks: variant.checks() } : {},
    ),
  );
  return { origin, addresses: relyingPartyAddresses(origin) };
}

async function openVariant(variant: Variant, idp: MockIdp, cleanup: Cleanup): Promise<Place> {
  if (variant.channel === "saml") {
    const serviceProvider = cleanup.use(await openServiceProvider(idp, { checks: variant.checks() }));
    return { origin: serviceProvider.origin, addresses: serviceProviderAddresses(serviceProvider) };
  }
  if (variant.channel === "wsfed") {
    const { hub } = cleanup.use(await startEntra(idp, { checks: { hub: variant.checks() } }));
    return { origin: hub.origin, addresses: federatedDomainAddresses(hub.origin) };
  }
  if (variant.channel === "eam") {
    const { tenant } = cleanup.use(await startEntra(idp, { checks: { tenant: variant.checks() } }));
    return { origin: tenant.origin, addresses: externalMethodAddresses(tenant.origin) };
  }
  return await openRelyingPartyVariant(variant, idp, cleanup);
}

/** Starts one variant as a target of its own; disposing ends it. */
export async function startFlawedApp(variant: Variant, name: string, ground: Ground): Promise<RunningApp> {
  return await openTogether(async (cleanup) => {
    const { origin, addresses } = await openVariant(variant, ground.idp, cleanup);
    const startUrl = entranceOf(origin);
    const own = { channels: [variant.channel], startUrl, addresses, maxAuthAgeSeconds: MAX_AUTH_AGE_SECONDS };
    const target = appTarget({ name, ...own, ...ground });
    return { target, [Symbol.asyncDispose]: async () => await cleanup[Symbol.asyncDispose]() };
  });
}
