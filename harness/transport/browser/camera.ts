import { writeFile } from "node:fs/promises";
import type { Page } from "playwright";
import type { PathOf } from "../evidence.ts";

/** Longest time for one picture: a page that hangs has to be told of, not waited for. */
const LONGEST_PICTURE_MILLISECONDS = 2000;

/** Records what a tab shows, in case it is worth keeping. */
export interface Camera {
  /** Takes a picture before the tab goes on. */
  readonly shoot: () => Promise<void>;
  /** Writes the pictures, one of what is shown now, and the trace. */
  readonly keep: (pathOf: PathOf) => Promise<void>;
  /** Forgets all that was not kept. */
  readonly discard: () => Promise<void>;
}

/** Starts to record a tab, before its first request. */
export async function startCamera(page: Page): Promise<Camera> {
  const { tracing } = page.context();
  await tracing.start({ snapshots: true });
  const pictures: Buffer[] = [];
  let recording = true;
  const stop = async (path?: string): Promise<void> => {
    if (!recording) return;
    recording = false;
    await tracing.stop(path === undefined ? {} : { path });
  };
  const shoot = async (): Promise<void> => {
    const picture = await pictureOf(page);
    if (picture !== undefined) pictures.push(picture);
  };
  return {
    shoot,
    keep: async (pathOf) => {
      await shoot();
      for (const picture of pictures) await writeFile(pathOf("screenshot"), picture);
      await stop(pathOf("trace"));
    },
    discard: () => stop(),
  };
}

/** Undefined when the page has crashed or shows nothing in time. */
async function pictureOf(page: Page): Promise<Buffer | undefined> {
  const timeout = LONGEST_PICTURE_MILLISECONDS;
  return await page.screenshot({ timeout, animations: "disabled" }).catch(() => undefined);
}
