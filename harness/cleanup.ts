/** Things to close together, the last opened first. */
export interface Cleanup extends AsyncDisposable {
  /** Takes charge of a resource and hands it back. */
  readonly use: <Resource extends AsyncDisposable>(resource: Resource) => Resource;
}

/**
 * Collects resources that live and end together. Stands in for `AsyncDisposableStack`, which Node 22 does not have.
 */
function makeCleanup(): Cleanup {
  const resources: AsyncDisposable[] = [];
  return {
    use: (resource) => {
      resources.push(resource);
      return resource;
    },
    [Symbol.asyncDispose]: async () => {
      const failures: unknown[] = [];
      for (const resource of resources.splice(0).toReversed()) {
        // What does not close keeps nothing else open.
        try {
          await resource[Symbol.asyncDispose]();
        } catch (error) {
          failures.push(error);
        }
      }
      if (failures.length > 0) throw failures[0];
    },
  };
}

/** Opens several resources; if one fails to open, those already open are closed before the failure is passed on. */
export async function openTogether<Opened>(open: (cleanup: Cleanup) => Promise<Opened>): Promise<Opened> {
  const cleanup = makeCleanup();
  try {
    return await open(cleanup);
  } catch (error) {
    await cleanup[Symbol.asyncDispose]();
    throw error;
  }
}
