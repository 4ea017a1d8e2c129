import { type Cleanup, openTogether } from "../cleanup.ts";
import type { Channel } from "../emission/channels.ts";
import { startEntra } from "../entra/start-entra.ts";
import type { MockIdp } from "../idp/mock-idp.ts";
import type { Variant } from "../partner/flawed/flaw.ts";
import { openPartnerCenter, openRelyingParty, openServiceProvider } from "../partner/start-partners.ts";
import type { AppAddresses } from "../target/app-addresses.ts";
import { appTarget } from "../target/app.ts";
import type { Target } from "../target/target.ts";
import type { Drivers } from "../transport/drivers.ts";
import {
  externalMethodAddresses,
  federatedDomainAddresses,
  relyingPartyAddresses,
  serviceProviderAddresses,
} from "./reference-addresses.ts";

/** What the apps of one run share. */
export interface Ground {
  readonly idp: MockIdp;
  readonly drivers: Drivers;
}

/** A variant of a reference app, running. */
export interface RunningApp extends AsyncDisposable {
  readonly target: Target;
}

/** Where an app is entered, and what steps other than a sign-in need. */
interface Entrance {
  readonly origin: string;
  readonly page: string;
  readonly addresses: AppAddresses;
}

async function openRelyingPartyVariant(
  variant: Extract<Variant, { channel: "oidc" | "partner-api" }>,
  idp: MockIdp,
  cleanup: Cleanup,
): Promise<Entrance> {
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
  const page = variant.channel === "oidc" ? "/portal" : "/customers";
  return { origin, page, addresses: relyingPartyAddresses(origin) };
}

async function openVariant(variant: Variant, idp: MockIdp, cleanup: Cleanup): Promise<Entrance> {
  const page = "/portal";
  if (variant.channel === "saml") {
    const serviceProvider = cleanup.use(await openServiceProvider(idp, { checks: variant.checks() }));
    return { origin: serviceProvider.origin, page, addresses: serviceProviderAddresses(serviceProvider) };
  }
  if (variant.channel === "wsfed") {
    const { hub } = cleanup.use(await startEntra(idp, { checks: { hub: variant.checks() } }));
    return { origin: hub.origin, page, addresses: federatedDomainAddresses(hub.origin) };
  }
  if (variant.channel === "eam") {
    const { tenant } = cleanup.use(await startEntra(idp, { checks: { tenant: variant.checks() } }));
    return { origin: tenant.origin, page, addresses: externalMethodAddresses(tenant.origin) };
  }
  return await openRelyingPartyVariant(variant, idp, cleanup);
}

/** Starts one variant as a target of its own; disposing ends it. */
export async function startFlawedApp(variant: Variant, name: string, ground: Ground): Promise<RunningApp> {
  return await openTogether(async (cleanup) => {
    const { origin, page, addresses } = await openVariant(variant, ground.idp, cleanup);
    const startUrl = (channel: Channel, user: string): string => {
      const url = new URL(page, origin);
      // The external method is only the second factor: who signs in is known before it is asked.
      if (channel === "eam") url.searchParams.set("user", user);
      return url.href;
    };
    const target = appTarget({ name, channels: [variant.channel], startUrl, addresses, ...ground });
    return { target, [Symbol.asyncDispose]: async () => await cleanup[Symbol.asyncDispose]() };
  });
}
