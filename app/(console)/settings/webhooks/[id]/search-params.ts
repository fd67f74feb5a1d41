import { facet, tableParams, tableState } from "@/components/data-table/table-params";

export const DELIVERY_STATES = ["waiting", "sent", "dead", "dropped"] as const;

export const deliveriesParams = tableParams({
  ...tableState({ sorts: ["createdAt"], defaultSort: { id: "createdAt", desc: true }, pageSize: 50 }),
  state: facet(DELIVERY_STATES),
});
