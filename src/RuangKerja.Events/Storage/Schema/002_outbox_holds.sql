-- Events of a surge wait in the outbox for an operator. What comes after them of the same assignment waits behind them.
alter table {schema}.outbox drop constraint outbox_state;
alter table {schema}.outbox add constraint outbox_state
    check (state in ('pending', 'held', 'unroutable', 'unpublishable'));

drop index {schema}.outbox_settled;
create index outbox_settled on {schema}.outbox (tenant_id, state, settled_at) where state in ('unroutable', 'unpublishable');
create index outbox_held on {schema}.outbox (tenant_id, stream_id, seq_id) where state = 'held';
