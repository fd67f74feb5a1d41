/** Settings for one organisation on a small machine, as command-line arguments: they win over any edited file. */
export function postgresSettings(port: number, durable: boolean): string[] {
  const settings: Record<string, string> = {
    listen_addresses: "127.0.0.1",
    port: String(port),
    unix_socket_directories: "",
    max_connections: "200",
    shared_buffers: "256MB",
    effective_cache_size: "1GB",
    random_page_cost: "1.1",
    max_wal_size: "2GB",
    // Log files that were used once are used again: making one means writing 16 MB and waiting for the disk, with every commit behind it.
    min_wal_size: "512MB",
    // Pages are written by a process that nobody waits for, not by a commit that needs the room.
    bgwriter_delay: "50ms",
    bgwriter_lru_maxpages: "1000",
    bgwriter_lru_multiplier: "4",
    checkpoint_timeout: "15min",
    // Statements here are short; compiling one costs more than it ever saves.
    jit: "off",
    log_checkpoints: "off",
    log_line_prefix: "%m [%p] ",
    timezone: "UTC",
    ...(durable
      ? {}
      : {
          fsync: "off",
          synchronous_commit: "off",
          full_page_writes: "off",
          wal_level: "minimal",
          max_wal_senders: "0",
          shared_buffers: "128MB",
        }),
  };
  return Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
}
