import type { Queries } from "@/lib/db/queries";
import type { SnapshotRows } from "@/lib/decisions/rows";

/** One statement sees one state of the store, so that all rows are those of the version that comes with them. */
const SQL = `SELECT json_build_object(
  'configuration', (SELECT json_build_object('version', version::text, 'killSwitch', kill_switch,
    'killSwitchReason', kill_switch_reason, 'settings', settings) FROM configuration WHERE id = 1),
  'people', (SELECT json_agg(json_build_object('id', id, 'email', email, 'name', name, 'status', status)) FROM person),
  'bindings', (SELECT json_agg(json_build_object('personId', person_id, 'role', role, 'nodeId', node_id)) FROM role_binding),
  'nodes', (SELECT json_agg(json_build_object('id', id, 'parentId', parent_id, 'kind', kind, 'slug', slug, 'name', name,
    'suspended', suspended, 'envelope', envelope, 'leadId', lead_id, 'personId', person_id) ORDER BY position, id) FROM node),
  'agents', (SELECT json_agg(json_build_object('id', id, 'ownerId', owner_id, 'status', status, 'tier', tier,
    'version', version, 'rate', rate)) FROM agent),
  'grants', (SELECT json_agg(json_build_object('id', id, 'agentId', agent_id, 'pattern', pattern, 'condition', condition,
    'expiresAt', expires_at) ORDER BY id) FROM "grant" WHERE revoked_at IS NULL),
  'actions', (SELECT json_agg(json_build_object('id', id, 'systemId', system_id, 'title', title, 'kind', kind,
    'reversibility', reversibility, 'impact', impact, 'dataClasses', data_classes, 'args', args, 'evidence', evidence,
    'fact', fact, 'retiredAt', retired_at)) FROM action),
  'policies', (SELECT json_agg(json_build_object('id', p.id, 'version', v.number, 'rules', v.rules) ORDER BY p.id)
    FROM policy p JOIN policy_version v ON v.policy_id = p.id AND v.number = p.published_version WHERE p.retired_at IS NULL),
  'rotations', (SELECT json_agg(json_build_object('slug', slug, 'name', name, 'memberIds', member_ids, 'shiftLength', shift_length,
    'shiftUnit', shift_unit, 'handoverMinute', handover_minute, 'zone', zone, 'startsOn', starts_on, 'overrides',
    coalesce((SELECT json_agg(json_build_object('personId', o.person_id, 'startsAt', o.starts_at, 'endsAt', o.ends_at) ORDER BY o.starts_at)
      FROM rotation_override o WHERE o.rotation_id = rotation.id AND o.ends_at > now()), '[]'))) FROM rotation),
  'absences', (SELECT json_agg(json_build_object('personId', person_id, 'startsAt', starts_at, 'endsAt', ends_at,
    'delegateId', delegate_id) ORDER BY starts_at) FROM absence WHERE ends_at IS NULL OR ends_at > now())
) AS rows`;

/** As JSON brings them: no bigint, no Date, and null where a table is empty. */
type Wire<T> = T extends bigint | Date
  ? string
  : T extends readonly (infer E)[]
    ? Wire<E>[]
    : T extends object
      ? { [K in keyof T]: Wire<T[K]> }
      : T;
type WireRows = { [K in keyof Wire<SnapshotRows>]: Wire<SnapshotRows>[K] | null };

const date = (text: string | null): Date | null => (text === null ? null : new Date(text));

/** The rows of the configuration in force, all of one version. */
export async function loadSnapshotRows(queries: Queries): Promise<SnapshotRows> {
  const { rows } = await queries.query<{ rows: WireRows }>(SQL);
  const wire = rows[0]?.rows;
  if (!wire?.configuration) throw new Error("the configuration's row is missing");
  return {
    configuration: { ...wire.configuration, version: BigInt(wire.configuration.version) },
    people: wire.people ?? [],
    bindings: wire.bindings ?? [],
    nodes: wire.nodes ?? [],
    agents: wire.agents ?? [],
    grants: (wire.grants ?? []).map((grant) => ({ ...grant, expiresAt: date(grant.expiresAt) })),
    actions: (wire.actions ?? []).map((action) => ({ ...action, retiredAt: date(action.retiredAt) })),
    policies: wire.policies ?? [],
    rotations: (wire.rotations ?? []).map(({ overrides, ...rotation }) => ({
      ...rotation,
      overrides: overrides.map((one) => ({ ...one, startsAt: new Date(one.startsAt), endsAt: new Date(one.endsAt) })),
    })),
    absences: (wire.absences ?? []).map((one) => ({
      ...one,
      startsAt: new Date(one.startsAt),
      endsAt: date(one.endsAt),
    })),
  };
}
