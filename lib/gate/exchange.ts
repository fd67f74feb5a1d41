import type { Connection, Submittable } from "pg";

const nothing = (): void => {};

/**
 * Messages of ours on a connection of `pg`, answered when the server is ready again. Of the answer only whether it is an error is of interest:
 * `pg` builds a result of everything else, and encodes parameters through several copies, which a large batch pays for.
 */
class Exchange implements Submittable {
  readonly handleRowDescription = nothing;
  readonly handleDataRow = nothing;
  readonly handleCommandComplete = nothing;
  readonly handlePortalSuspended = nothing;
  readonly handleEmptyQuery = nothing;

  constructor(
    private readonly messages: Buffer,
    private readonly resolve: () => void,
    private readonly reject: (cause: unknown) => void,
  ) {}

  submit(connection: Connection): void {
    connection.stream.write(this.messages);
  }

  handleReadyForQuery(): void {
    this.resolve();
  }

  handleError(cause: unknown): void {
    this.reject(cause);
  }
}

/** Sends messages that end in a Sync. @throws the server's error, or the connection's. */
export const exchange = (client: { query(one: Submittable): unknown }, messages: Buffer): Promise<void> =>
  new Promise((resolve, reject) => void client.query(new Exchange(messages, resolve, reject)));
