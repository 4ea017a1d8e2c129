import { CHANNELS, type Channel } from "../emission/channels.ts";
import type { Cleanup } from "../cleanup.ts";
import type { MockIdp } from "../idp/mock-idp.ts";
import { startAdapterThread } from "./adapters/adapter-thread.ts";
import { READY_ADAPTERS } from "./adapters/ready-adapters.ts";
import { isReadyAdapter, type LibraryDefinition } from "./definition/handed-over.ts";
import { handOverTarget } from "./hand-over.ts";
import { libraryTarget } from "./library.ts";
import type { Target } from "./target.ts";

/** What a library reads: what its file says, of what its adapter can. */
export function libraryChannels({ adapter = "", channels }: LibraryDefinition): readonly Channel[] {
  const all = isReadyAdapter(adapter) ? READY_ADAPTERS[adapter].channels : CHANNELS;
  return channels === undefined ? all : all.filter((channel) => channels.includes(channel));
}

/** Our judge, or another validation library, as a target; a library's thread ends with the cleanup. */
export function adapterTarget(
  name: string,
  library: LibraryDefinition,
  idp: MockIdp,
  cleanup: Cleanup,
): Target {
  const { adapter, asked } = library;
  const channels = libraryChannels(library);
  if (adapter === undefined) return { ...libraryTarget(idp), name, channels };
  const { ask } = cleanup.use(startAdapterThread(adapter));
  return handOverTarget({
    name,
    channels,
    idp,
    asked,
    decide: async (artifact, facts, signal) => {
      const { reason, ...answer } = await ask(artifact, facts, signal);
      return { ...answer, signals: [reason] };
    },
  });
}
