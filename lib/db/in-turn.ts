import type { SqlDriverAdapter, SqlDriverAdapterFactory, Transaction } from "@prisma/driver-adapter-utils";

/**
 * The statements of a transaction go to its connection one after the other. Prisma asks for the relations of a row all at once; a connection
 * answers them one by one in any case, and `pg` is to stop queueing what it is given while it waits.
 */
export function inTurn(factory: SqlDriverAdapterFactory): SqlDriverAdapterFactory {
  return {
    provider: factory.provider,
    adapterName: factory.adapterName,
    connect: async () => withTurns(await factory.connect()),
  };
}

function withTurns(adapter: SqlDriverAdapter): SqlDriverAdapter {
  const start = adapter.startTransaction.bind(adapter);
  adapter.startTransaction = async (isolationLevel) => takeTurns(await start(isolationLevel));
  return adapter;
}

function takeTurns(transaction: Transaction): Transaction {
  let last: Promise<unknown> = Promise.resolve();
  // Whatever became of the one before: that is told to whoever asked for it.
  const afterLast = <T>(run: () => Promise<T>): Promise<T> => {
    const mine = last.then(run, run);
    last = mine;
    return mine;
  };
  const queryRaw = transaction.queryRaw.bind(transaction);
  const executeRaw = transaction.executeRaw.bind(transaction);
  transaction.queryRaw = (query) => afterLast(() => queryRaw(query));
  transaction.executeRaw = (query) => afterLast(() => executeRaw(query));
  return transaction;
}
