import { openTogether } from "../../../harness/cleanup.ts";
import type { Channel } from "../../../harness/emission/channels.ts";
import type { Emission } from "../../../harness/emission/emission.ts";
import type { MockIdp } from "../../../harness/idp/mock-idp.ts";
import { startIdp } from "../../../harness/idp/start-idp.ts";
import { startPartners, type Partners } from "../../../harness/partner/start-partners.ts";
import { appTarget } from "../../../harness/target/app.ts";
import type { Observation } from "../../../harness/target/observation.ts";
import type { Target } from "../../../harness/target/target.ts";
import { makeDrivers, type DrivenTransport } from "../../../harness/transport/drivers.ts";

/** An emission, as far as it differs from a good one. */
export type EmissionChange = Partial<Omit<Emission, "channel">>;

/** Channels that a partner app reads; the answers of the others go to Entra itself. */
type AppChannel = Exclude<Channel, "wsfed" | "eam">;

/** The real mock IdP with the real partner apps, and a way to sign in to them. */
export interface Stage extends AsyncDisposable {
  readonly idp: MockIdp;
  readonly partners: Partners;
  readonly observe: (
    channel: AppChannel,
    change?: EmissionChange,
    options?: { user?: string; transport?: DrivenTransport },
  ) => Promise<Observation>;
}

/** An emission that every partner app accepts, with some changes. */
export function makeEmission(channel: Channel, change: EmissionChange = {}): Emission {
  return {
    channel,
    profile: "password-and-otp",
    patch: [],
    tamper: [],
    key: "published",
    ignore: [],
    ...change,
  };
}

/** Starts everything on free ports. */
export async function startStage(): Promise<Stage> {
  return await openTogether(async (started) => {
    const idp = started.use(await startIdp());
    const partners = started.use(await startPartners(idp));
    const drivers = started.use(makeDrivers());
    const { relyingParty, serviceProvider } = partners;
    const target: Readonly<Record<AppChannel, Target>> = {
      oidc: appTarget({
        name: "rp",
        channels: ["oidc"],
        startUrl: () => `${relyingParty.origin}/portal`,
        idp,
        drivers,
      }),
      "partner-api": appTarget({
        name: "rp",
        channels: ["partner-api"],
        startUrl: () => `${relyingParty.origin}/customers`,
        idp,
        drivers,
      }),
      saml: appTarget({
        name: "sp",
        channels: ["saml"],
        startUrl: () => `${serviceProvider.origin}/portal`,
        idp,
        drivers,
      }),
    };
    return {
      idp,
      partners,
      observe: (channel, change, { user = "agent@partner.example", transport = "protocol" } = {}) =>
        target[channel].observe({
          emission: makeEmission(channel, change),
          transport,
          user,
          signal: new AbortController().signal,
        }),
      [Symbol.asyncDispose]: async () => await started[Symbol.asyncDispose](),
    };
  });
}
