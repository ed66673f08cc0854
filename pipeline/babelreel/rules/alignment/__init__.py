"""Which times of one track are which times of another?"""
