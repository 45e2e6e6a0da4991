/*
title: 语法树
definition: A statement as the engine parses it, without binding it to tables or parameters.
grain: one row
*/
select json_serialize_sql(cast($statement as varchar)) as tree
