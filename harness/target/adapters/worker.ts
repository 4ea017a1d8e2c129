import { parentPort, workerData } from "node:worker_threads";
import { z } from "zod";
import { HarnessError } from "../../errors.ts";
import { CHANNELS } from "../../emission/channels.ts";
import { loadAdapter } from "./load-adapter.ts";
import type { AdapterReply } from "./reply.ts";

const questionSchema = z.object({
  artifact: z.string(),
  facts: z.object({
    channel: z.enum(CHANNELS),
    issuer: z.string(),
    jwks: z.object({ keys: z.array(z.record(z.string(), z.unknown())) }),
    certificate: z.string(),
    audience: z.string(),
    nonce: z.string().exactOptional(),
    requestId: z.string().exactOptional(),
    assertionConsumerService: z.string().exactOptional(),
    now: z.number(),
  }),
});

/** An adapter in a thread of its own: what it asks of its library may take forever, or bring the thread down. */
const loading = loadAdapter(z.string().parse(workerData));

async function replyTo(message: unknown): Promise<AdapterReply> {
  try {
    const { artifact, facts } = questionSchema.parse(message);
    return { answer: await (await loading)(artifact, facts) };
  } catch (error) {
    if (!(error instanceof HarnessError)) throw error;
    const { code, message: why, hint } = error;
    return { failure: { code, message: why, hint } };
  }
}

// Whoever asks first is told that it cannot be loaded.
loading.catch(() => undefined);
parentPort?.on("message", (message: unknown) => {
  void replyTo(message).then((reply) => parentPort?.postMessage(reply, []));
});
