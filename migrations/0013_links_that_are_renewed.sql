-- How often the private link of a card was renewed because its contact was proved elsewhere. Replacements count in the card itself.
alter table cards add column links_renewed bigint not null default 0;
