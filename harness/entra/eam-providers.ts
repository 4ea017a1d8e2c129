import { fetchProvider, type EamRegistration, type ProviderMetadata } from "./eam-metadata.ts";

/** What is known of providers; each is asked once a day (Entra's EAM provider reference). */
export interface Providers {
  /** @throws Error with the reason when the provider cannot be used */
  readonly find: (registration: EamRegistration) => Promise<ProviderMetadata>;
}

const CACHE_SECONDS = 24 * 3600;
const LIMIT = 200;

/** Makes an empty memory of providers; `now` tells the time in seconds since the epoch. */
export function makeProviders(now: () => number): Providers {
  const known = new Map<string, { readonly at: number; readonly metadata: Promise<ProviderMetadata> }>();
  return {
    find: async (registration) => {
      const { discoveryUrl } = registration;
      const kept = known.get(discoveryUrl);
      if (kept !== undefined && kept.at + CACHE_SECONDS > now()) return await kept.metadata;
      const metadata = fetchProvider(registration);
      known.delete(discoveryUrl);
      known.set(discoveryUrl, { at: now(), metadata });
      // What could not be used is asked for again the next time.
      metadata.catch(() => known.delete(discoveryUrl));
      const [oldest] = known.keys();
      if (known.size > LIMIT && oldest !== undefined) known.delete(oldest);
      return await metadata;
    },
  };
}
