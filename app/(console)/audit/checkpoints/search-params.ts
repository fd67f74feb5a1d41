import { tableParams, tableState } from "@/components/data-table/table-params";

export const checkpointParams = tableParams({
  ...tableState({ sorts: ["seq"], defaultSort: { id: "seq", desc: true } }),
});
