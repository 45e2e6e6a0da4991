/*
title: 用过的最大序号
*/
select seq from sqlite_sequence where name = 'audit'
