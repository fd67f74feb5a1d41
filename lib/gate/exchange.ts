import type { Client, Submittable } from "pg";

const nothing = (): void => {};

/**
 * Messages of ours on a connection of `pg`, answered when the server is ready again. Of the answer only its first value, and whether it is an error, is
 * of interest: `pg` builds a result of everything else, and encodes parameters through several copies, which a large batch pays for.
 */
class Exchange implements Submittable {
  readonly handleRowDescription = nothing;
  readonly handleCommandComplete = nothing;
  readonly handlePortalSuspended = nothing;
  readonly handleEmptyQuery = nothing;
  /** They were sent already. */
  readonly submit = nothing;
  /** Wrapped by `pg`, which gives up an exchange that is not answered in time until this is called. */
  callback: () => void = nothing;

  private value: string | null = null;

  constructor(
    private readonly resolve: (value: string | null) => void,
    private readonly reject: (cause: unknown) => void,
  ) {}

  /** The one value of the one row; of a function that returns nothing, an empty text. */
  handleDataRow({ fields: [value] }: { fields: (string | null)[] }): void {
    if (value) this.value = value;
  }

  handleReadyForQuery(): void {
    this.callback();
    this.resolve(this.value);
  }

  handleError(cause: unknown): void {
    this.callback();
    this.reject(cause);
  }
}

/**
 * Sends messages that end in a Sync, and gives the value that the statement returns, if any. They go out at once, behind those of an exchange
 * under way, which the server answers first; nothing else may wait on this connection. @throws the server's error, or the connection's.
 */
export const exchange = (client: Client, messages: Buffer): Promise<string | null> =>
  new Promise((resolve, reject) => {
    client.connection.stream.write(messages);
    void client.query(new Exchange(resolve, reject));
  });
