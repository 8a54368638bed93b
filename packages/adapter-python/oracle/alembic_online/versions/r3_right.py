"""The other branch: views, functions and triggers of alembic_utils."""

from alembic import op
from alembic_utils.pg_extension import PGExtension
from alembic_utils.pg_function import PGFunction
from alembic_utils.pg_trigger import PGTrigger
from alembic_utils.pg_view import PGView

revision = "r3"
down_revision = "r1"
branch_labels = None
depends_on = None

paid = PGView("public", "paid_sales", "SELECT id, amount FROM sales WHERE state = 'paid'")
stamp = PGFunction(
    schema="public",
    signature="stamp_sale()",
    definition="RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.updated_at \\:= now(); RETURN NEW; END $$",
)
old = PGFunction(schema="public", signature="half(x integer)", definition="RETURNS integer LANGUAGE sql AS $$ SELECT x / 2 $$")
trigger = PGTrigger(
    schema="public",
    signature="sale_stamped",
    on_entity="public.sales",
    definition="BEFORE UPDATE ON public.sales FOR EACH ROW EXECUTE FUNCTION stamp_sale()",
)


def upgrade():
    op.create_entity(PGExtension(schema="public", signature="citext"))
    op.create_entity(paid)
    op.create_entity(stamp)
    op.create_entity(old)
    op.create_entity(trigger)
    op.replace_entity(PGView("public", "paid_sales", "SELECT id, amount, note FROM sales WHERE state = 'paid'"))
    op.drop_entity(old)
