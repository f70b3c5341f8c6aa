"""Who gains and who pays, group by group and for one holder."""
